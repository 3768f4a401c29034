/// The one KML of a KMZ (OGC KML 2.3, Annex C). Its pictures and styles are left out, and more than
/// one document is refused: which of them are land, only who made it knows.
struct KMZDocument {
  let bytes: [UInt8]

  init(_ archive: ZipArchive) throws(VectorError) {
    let documents = archive.files.filter { $0.name.lowercased().hasSuffix(".kml") }
    guard let document = documents.first else { throw VectorError(.kmzNoDocument) }
    guard documents.count == 1 else {
      let names = documents.map(\.name).sorted().prefix(10).joined(separator: ", ")
      throw VectorError(.kmzSeveralDocuments, ["found": names])
    }
    bytes = try archive.contents(of: document)
  }
}

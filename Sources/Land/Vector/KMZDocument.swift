/// The KML with the places of a KMZ (OGC KML 2.3, Annex C). Its pictures and styles are left out,
/// and so is a document that only links to the one with the places, as QGIS and GDAL write it. More
/// than one with places is refused: which of them are land, only who made it knows.
struct KMZDocument {
  let bytes: [UInt8]

  init(_ archive: ZipArchive) throws(VectorError) {
    let documents = archive.files.filter { $0.name.lowercased().hasSuffix(".kml") }
    guard let first = documents.first else { throw VectorError(.kmzNoDocument) }
    guard documents.count > 1 else {
      bytes = try archive.contents(of: first)
      return
    }
    var found: [(name: String, bytes: [UInt8])] = []
    for document in documents {
      let contents = try archive.contents(of: document)
      guard String(decoding: contents, as: UTF8.self).contains("<Placemark") else { continue }
      found.append((document.name, contents))
    }
    guard found.count == 1 else {
      let names = (found.isEmpty ? documents.map(\.name) : found.map(\.name))
        .sorted().prefix(10).joined(separator: ", ")
      throw VectorError(.kmzSeveralDocuments, ["found": names])
    }
    bytes = found[0].bytes
  }
}

/// The files of one shapefile, taken out of a zip.
struct ShapefileParts {
  /// By ending, in lower case; `shp`, `shx`, `dbf` and `prj` are always there.
  let parts: [String: [UInt8]]
  let stem: String

  static let needed = ["shp", "shx", "dbf", "prj"]
  static let optional = ["cpg"]

  init(_ archive: ZipArchive) throws(VectorError) {
    func split(_ name: String) -> (stem: String, ending: String) {
      guard let dot = name.lastIndex(of: ".") else { return (name, "") }
      return (String(name[..<dot]), name[name.index(after: dot)...].lowercased())
    }
    let files = archive.files
    let shapes = files.filter { split($0.name).ending == "shp" }
    guard let shape = shapes.first else { throw VectorError(.zipNoShapefile) }
    guard shapes.count == 1 else {
      let names = shapes.map(\.name).sorted().prefix(10).joined(separator: ", ")
      throw VectorError(.zipSeveralShapefiles, ["found": names])
    }
    let stem = split(shape.name).stem
    var parts: [String: [UInt8]] = [:]
    for ending in Self.needed + Self.optional {
      let fitting = files.filter { file in
        let name = split(file.name)
        return name.ending == ending && name.stem.lowercased() == stem.lowercased()
      }
      if let part = fitting.first {
        guard fitting.count == 1 else { throw VectorError(.zipUnsafeName, at: part.name) }
        parts[ending] = try archive.contents(of: part)
      } else if Self.needed.contains(ending) {
        throw VectorError(.zipPartMissing, at: "\(stem).\(ending)")
      }
    }
    self.parts = parts
    self.stem = stem
  }
}

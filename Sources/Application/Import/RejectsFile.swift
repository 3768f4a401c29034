import Foundation
import Land
import Tabular

/// Writes a file's bad rows back in its own form, to be corrected and given again.
struct RejectsFile {
  let parsed: ParsedFile
  let options: ImportOptions

  init(_ parsed: ParsedFile, options: ImportOptions) {
    self.parsed = parsed
    self.options = options
  }

  /// - Returns: the path written; a file of that name from before is replaced.
  func write() throws -> String? {
    let source = URL(fileURLWithPath: parsed.path)
    let folder = options.rejectsFolder ?? source.deletingLastPathComponent().path
    let stem = source.deletingPathExtension().lastPathComponent
    if let table = parsed.table {
      let path = "\(folder)/\(stem).rejects.csv"
      try save(rejects(of: table), to: path)
      return path
    }
    guard let geoJSON = parsed.geoJSON else { return nil }
    let path = "\(folder)/\(stem).rejects.geojson"
    try save(try features(of: geoJSON), to: path)
    return path
  }

  private func rejects(of table: Table) -> [UInt8] {
    let byRow = Dictionary(grouping: parsed.problems, by: \.row)
    var writer = RejectsWriter(table)
    for row in table.rows {
      if let problems = byRow[row.number] { writer.add(row, problems) }
    }
    return writer.bytes
  }

  /// The bad features as they were, each with its reasons as a property that reading ignores.
  private func features(of bytes: [UInt8]) throws -> [UInt8] {
    let byRow = Dictionary(grouping: parsed.problems, by: \.row)
    guard
      var document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { return bytes }
    let all = document["features"] as? [[String: Any]] ?? [document]
    let bad = all.enumerated().compactMap { index, feature -> [String: Any]? in
      guard let problems = byRow[index + 1] else { return nil }
      var feature = feature
      var properties = feature["properties"] as? [String: Any] ?? [:]
      properties["motivo"] = problems.map { $0.text(.spanish) }.joined(separator: " | ")
      feature["properties"] = properties
      return feature
    }
    document["type"] = "FeatureCollection"
    document["features"] = bad
    return Array(
      try JSONSerialization.data(
        withJSONObject: document, options: [.prettyPrinted, .sortedKeys]))
  }

  private func save(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ApplicationError.cannotWrite(path, reason: "\(error)")
    }
  }
}

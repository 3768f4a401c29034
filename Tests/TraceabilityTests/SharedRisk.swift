import Foundation
import Testing

/// The published tables of the method's classes, read in place.
enum SharedRisk {
  /// Rows by heading.
  static func rows(_ name: String) throws -> [[String: String]] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared/data/risk/\(name)").standardized
    guard FileManager.default.fileExists(atPath: url.path) else { throw Missing(file: name) }
    let lines = try String(contentsOf: url, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    let heading = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(heading, $0)) }
  }

  struct Missing: Error, CustomStringConvertible {
    let file: String
    var description: String { "shared/data/risk/\(file) is not beside the checkout" }
  }
}

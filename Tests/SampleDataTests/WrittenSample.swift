import Foundation
import SampleData

/// A sample written into a folder of its own; removed with the value.
final class WrittenSample {
  struct Stories: Decodable {
    struct Finding: Decodable, Hashable {
      let kind: String
      let subject: String
    }

    struct Refusal: Decodable {
      let file: String
      let code: String
    }

    struct Story: Decodable {
      let kind: String
      let subjects: [String]
      let verdicts: [String: String]
      let findings: [Finding]
      let refusal: Refusal?
    }

    let seed: UInt64
    let plots: Int
    let seasons: Int
    let stories: [Story]
  }

  let folder: String
  let summary: SampleSummary

  init(plots: Int, seasons: Int = 2, seed: UInt64 = 1) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("sample-\(UUID().uuidString)")
    folder = url.path
    summary = try Sample.write(
      SampleOptions(plots: plots, seasons: seasons, seed: seed), to: url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func stories() throws -> Stories {
    try JSONDecoder().decode(Stories.self, from: Data(bytes("stories.json")))
  }

  func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
  }

  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// The files of `import/` in the order of their numbers, folders left out.
  func importFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder + "/import")
      .filter { $0.hasSuffix(".csv") || $0.hasSuffix(".geojson") }
      .sorted().map { "import/" + $0 }
  }

  /// Every file below the folder with its bytes.
  func everything() throws -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      unsafe _ = FileManager.default.fileExists(
        atPath: folder + "/" + name, isDirectory: &isFolder)
      if !isFolder.boolValue { all[name] = try bytes(name) }
    }
    return all
  }

  /// The rows of all parts of one kind of table, `cosechas`.
  func rows(_ kind: String) throws -> [TableRow] {
    try importFiles().filter { $0.contains("-" + kind) }.flatMap { try TableRow.read(text($0)) }
  }
}

/// One row of a table with semicolons, by the names in its heading.
struct TableRow {
  struct Malformed: Error { let line: String }

  private let cells: [String: String]

  /// The cell's text; throws where the table has no such column.
  func text(_ column: String) throws -> String {
    guard let cell = cells[column] else { throw Malformed(line: column) }
    return cell
  }

  /// Nil where the cell is empty.
  func some(_ column: String) throws -> String? {
    let cell = try text(column)
    return cell.isEmpty ? nil : cell
  }

  /// Grams of a mass as scales print it, `1234,50`.
  func grams(_ column: String = "peso_kg") throws -> Int64 {
    let parts = try text(column).split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let whole = Int64(parts[0]),
      let hundredths = Int64(parts[1]), whole >= 0, hundredths >= 0
    else { throw Malformed(line: try text(column)) }
    return whole * 1_000 + hundredths * 10
  }

  static func read(_ text: String) throws -> [TableRow] {
    let lines = text.split(separator: "\n").map(String.init)
    guard let first = lines.first else { throw Malformed(line: "") }
    let heading = split(first)
    return try lines.dropFirst().map { line in
      let cells = split(line)
      guard cells.count == heading.count else { throw Malformed(line: line) }
      return TableRow(cells: Dictionary(uniqueKeysWithValues: zip(heading, cells)))
    }
  }

  /// Cells between semicolons; a quoted one may hold semicolons and doubled quotes.
  private static func split(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case ";" where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

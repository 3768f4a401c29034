import Foundation

/// Writes one kind of rows into numbered files, a new one when a part is full.
final class PartWriter {
  /// Rows of one file, so that none passes what an import takes at once.
  static let rowsPerPart = 100_000
  /// Plots of one file: of 20 positions each at most, some 700 bytes, well within what a reader
  /// of GeoJSON takes.
  static let featuresPerPart = 20_000

  private let directory: String
  private let name: String
  private let header: [UInt8]
  private let footer: [UInt8]
  private let separator: [UInt8]
  private let ending: String
  private let mostRows: Int
  private var handle: FileHandle?
  private var buffer: [UInt8] = []
  private var rows = 0
  private(set) var parts = 0

  /// - Parameter name: `06-cosechas`.
  init(_ directory: String, _ name: String, columns: [String]) {
    self.directory = directory
    self.name = name
    header = Array((columns.joined(separator: ";") + "\n").utf8)
    footer = []
    separator = []
    ending = "csv"
    mostRows = Self.rowsPerPart
  }

  /// A GeoJSON FeatureCollection (RFC 7946).
  init(_ directory: String, features name: String) {
    self.directory = directory
    self.name = name
    header = Array("{\"type\":\"FeatureCollection\",\"features\":[\n".utf8)
    footer = Array("\n]}\n".utf8)
    separator = Array(",\n".utf8)
    ending = "geojson"
    mostRows = Self.featuresPerPart
  }

  /// One row of a table; a cell with the separator or a quote is quoted.
  func row(_ cells: String...) throws { try row(cells) }

  func row(_ cells: [String]) throws {
    let texts = cells.map { cell in
      cell.contains { $0 == ";" || $0 == "\"" || $0 == "\n" }
        ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
    }
    try line(texts.joined(separator: ";") + "\n")
  }

  func line(_ text: String) throws {
    if handle == nil { try open() }
    if rows > 0 { buffer += separator }
    buffer += text.utf8
    rows += 1
    if buffer.count > 1 << 20 { try flush() }
  }

  /// Rows that belong together are over: a full part may end here.
  func mayBreak() throws {
    if rows >= mostRows { try close() }
  }

  func close() throws {
    guard let handle else { return }
    buffer += footer
    try flush()
    try handle.close()
    self.handle = nil
    rows = 0
  }

  private func open() throws {
    parts += 1
    // An underscore comes after the dot, so that the parts follow each other by name.
    let number = parts == 1 ? "" : "_" + GroupPlan.padded(parts, 3)
    let path = "\(directory)/\(name)\(number).\(ending)"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw SampleError.cannotWrite(path, reason: "no right, or no room") }
    self.handle = handle
    buffer += header
  }

  private func flush() throws {
    try handle?.write(contentsOf: Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}

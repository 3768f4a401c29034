import Foundation
import Land
import Testing

@testable import SampleData

/// Files in parts, as a large sample has them.
struct PartTests {
  @Test func `given more rows than a part takes, when written, then parts follow by name`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("parts-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let most = PartWriter.featuresPerPart
    let writer = PartWriter(folder, features: "04-parcelas")
    for number in 0..<(2 * most + 1) {
      try writer.line(
        "{\"type\":\"Feature\",\"properties\":{\"n\":\(number)},\"geometry\":null}")
      try writer.mayBreak()
    }
    try writer.close()

    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(writer.parts == 3)
    let numbers = try names.flatMap { name -> [Int] in
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      return try GeoJSONDocument.parse(bytes).features.compactMap { feature in
        guard case .number(let number) = feature.properties["n"] else { return nil }
        return Int(number.text)
      }
    }
    #expect(numbers == Array(0...2 * most))
  }

  @Test func `given a full part of plots, when read, then it is within the reader's limits`() {
    let limits = GeoJSONLimits()
    let (mostPositions, mostBytes) = (20, 700)
    #expect(PartWriter.featuresPerPart <= limits.features)
    #expect(PartWriter.featuresPerPart * mostPositions <= limits.positionsPerFile)
    #expect(PartWriter.featuresPerPart * mostBytes <= limits.bytes)
  }

  @Test func `given cells with separators and quotes, when written, then they are read back`()
    throws
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("parts-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let writer = PartWriter(folder, "01-x", columns: ["a", "b"])
    try writer.row("uno;dos", "tres \"cuatro\"")
    try writer.close()
    let text = try String(contentsOfFile: folder + "/01-x.csv", encoding: .utf8)
    #expect(text == "a;b\n\"uno;dos\";\"tres \"\"cuatro\"\"\"\n")
  }
}

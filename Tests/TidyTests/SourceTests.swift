import Foundation
import Testing

@Suite struct SourceTests {
  static let maxFileLines = 400
  static let maxLineCharacters = 100
  static let maxFileBytes = 400_000

  @Test func `given every Swift file then it and its lines are short enough to read`() throws {
    let repository = try Repository.find()
    var wrong: [String] = []
    for path in try repository.swiftFiles() {
      let lines = try repository.lines(path)
      // The line end after the last line makes no line of its own.
      if lines.count - 1 > Self.maxFileLines { wrong.append("\(path): \(lines.count - 1) lines") }
      for (number, line) in lines.enumerated() where line.count > Self.maxLineCharacters {
        wrong.append("\(path):\(number + 1): \(line.count) characters")
      }
    }
    #expect(wrong == [])
  }

  @Test func `given every file then none is a large one`() throws {
    let repository = try Repository.find()
    let wrong = try repository.files().filter { try repository.byteCount($0) > Self.maxFileBytes }
    #expect(wrong == [])
  }

  @Test func `given the sources then no leftovers stand in them`() throws {
    let repository = try Repository.find()
    let sources = try repository.files(under: "Sources", suffix: ".swift")
    let database = try repository.files(under: "db")
    let words = ["TODO", "FIXME", "try!", "fatalError("]
    #expect(try repository.places(of: words, in: sources + database) == [])
  }

  @Test func `given the tests then none is switched off`() throws {
    let repository = try Repository.find()
    // Put together here so that this file does not find itself.
    let words = [".disa" + "bled(", "withKnown" + "Issue", "XCT" + "Skip"]
    let tests = try repository.files(under: "Tests", suffix: ".swift")
    #expect(!tests.isEmpty)
    #expect(try repository.places(of: words, in: tests) == [])
  }
}

import Foundation
import Testing

/// What a page names must be there.
@Suite struct DocumentTests {
  private static let folders = [
    ".ci/", "Benchmarks/", "Sources/", "Tests/", "db/", "docs/", "scripts/",
  ]

  @Test func `given every page then the project's paths it names exist`() throws {
    let repository = try Repository.find()
    let pages = ["README.md"] + (try repository.files(under: "docs", suffix: ".md"))
    var wrong: [String] = []
    for page in pages {
      for (number, line) in try repository.lines(page).enumerated() {
        for path in Self.paths(line) where !repository.exists(path) {
          wrong.append("\(page):\(number + 1): \(path)")
        }
        for link in Self.links(line) {
          let folder = page.split(separator: "/").dropLast().joined(separator: "/")
          let path = folder.isEmpty ? link : folder + "/" + link
          if !repository.exists(path) { wrong.append("\(page):\(number + 1): link to \(link)") }
        }
      }
    }
    #expect(wrong == [])
  }

  /// The words of a line that begin with a folder of the project. One with a placeholder or a
  /// wildcard in it names no single file.
  static func paths(_ line: Substring) -> [String] {
    let separators: Set<Character> = [" ", "\t", "`", "(", ")", "[", "]", "\"", "'", "|", ";", ","]
    return line.split(whereSeparator: separators.contains).compactMap { word in
      var path = word.hasPrefix("./") ? word.dropFirst(2) : word
      while let last = path.last, ".:!?".contains(last) { path.removeLast() }
      if let place = path.firstIndex(where: { $0 == "#" || $0 == ":" }) { path = path[..<place] }
      guard folders.contains(where: { path.hasPrefix($0) }),
        !path.contains(where: { "*<>…{}$".contains($0) })
      else { return nil }
      return String(path)
    }
  }

  /// The targets of Markdown links to files beside the page, without their fragment.
  static func links(_ line: Substring) -> [String] {
    line.components(separatedBy: "](").dropFirst().compactMap { rest in
      let target = rest.prefix { $0 != ")" && $0 != " " && $0 != "#" }
      guard !target.isEmpty, !target.contains(":"), !target.hasPrefix("/") else { return nil }
      return String(target)
    }
  }

  @Test func `given a line of a page then paths and links are found in it`() {
    let line: Substring = "see `./scripts/run`, docs/a.md#b, [x](b/c.md#d) and Sources/*/X.swift."
    #expect(Self.paths(line) == ["scripts/run", "docs/a.md"])
    #expect(Self.links(line) == ["b/c.md"])
    #expect(Self.links("[s](https://www.swift.org) [t](#here)") == [])
  }
}

import Foundation
import Testing

/// Dependencies point one way, as docs/architecture.md draws them.
@Suite struct LayeringTests {
  /// A target may import those of lower layers, none of its own and none above.
  static let layers: [[String]] = [
    ["CPostgreSQL", "CGeo", "CZlib", "CCairo", "ValueTypes"],
    ["PostgreSQL"],
    ["Traceability", "Land", "Ledger"],
    [
      "DueDiligence", "ReadModels", "Tabular", "SampleData", "PrivateCluster", "Database",
      "PlotMap", "ProvenanceGraph",
    ],
    ["Application"],
    ["Service"],
    ["raiz"],
  ]

  /// Targets that stay apart from what a lower layer would allow: the whole of what each imports
  /// of the project.
  static let narrow: [String: Set<String>] = [
    "ValueTypes": [],
    "Traceability": ["ValueTypes"],
    "Tabular": ["ValueTypes"],
    "Ledger": ["ValueTypes", "PostgreSQL"],
    "Land": ["ValueTypes", "CGeo", "CZlib"],
    "PlotMap": ["Land", "CCairo"],
    "PostgreSQL": ["CPostgreSQL"],
    "ProvenanceGraph": [],
  ]

  /// The domain computes: nothing that reads a file, a clock or a socket is imported there.
  static let domainModules: Set<String> = ["ValueTypes", "Foundation", "FoundationEssentials"]

  private static var height: [String: Int] {
    var height: [String: Int] = [:]
    for (level, names) in layers.enumerated() {
      for name in names { height[name] = level }
    }
    return height
  }

  @Test func `given every source then it imports only what lies below it`() throws {
    let repository = try Repository.find()
    var wrong: [String] = []
    for (target, path, module) in try imports(repository) {
      guard let own = Self.height[target] else {
        wrong.append("\(path): the target \(target) has no layer")
        continue
      }
      guard let other = Self.height[module], target != module else { continue }
      if let allowed = Self.narrow[target] {
        if !allowed.contains(module) { wrong.append("\(path): \(target) imports \(module)") }
      } else if other >= own {
        wrong.append("\(path): \(target) imports \(module), which is not below it")
      }
    }
    #expect(wrong == [])
  }

  @Test func `given the domain then it imports nothing but value types and plain Foundation`()
    throws
  {
    let repository = try Repository.find()
    let wrong = try imports(repository)
      .filter { $0.target == "Traceability" && !Self.domainModules.contains($0.module) }
      .map { "\($0.path) imports \($0.module)" }
    #expect(wrong == [])
  }

  /// Every import of the project's own sources.
  private func imports(
    _ repository: Repository
  ) throws -> [(target: String, path: String, module: String)] {
    var found: [(target: String, path: String, module: String)] = []
    for path in try repository.files(under: "Sources", suffix: ".swift") {
      let parts = path.split(separator: "/")
      guard parts.count > 2 else { continue }
      for line in try repository.lines(path) {
        if let module = Self.module(line) { found.append((String(parts[1]), path, module)) }
      }
    }
    for path in try repository.files(under: "db", suffix: ".swift") {
      for line in try repository.lines(path) {
        if let module = Self.module(line) { found.append(("Database", path, module)) }
      }
    }
    return found
  }

  /// `Ledger` from `@testable public import struct Ledger.Event`; nil for another line.
  static func module(_ line: Substring) -> String? {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { return nil }
    let before: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
    guard words[..<place].allSatisfy({ $0.hasPrefix("@") || before.contains($0) }) else {
      return nil
    }
    let rest = words[(place + 1)...].drop { kinds.contains($0) }
    return rest.first.flatMap { $0.split(separator: ".").first }.map(String.init)
  }

  @Test func `given each form of import then its module is found`() {
    #expect(Self.module("import Ledger") == "Ledger")
    #expect(Self.module("  @_spi(Tests) public import struct Ledger.Event") == "Ledger")
    #expect(Self.module("// nobody may import Ledger here") == nil)
    #expect(Self.module("let imported = 1") == nil)
  }
}

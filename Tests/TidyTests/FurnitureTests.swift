import Foundation
import Testing

/// Migrations and scripts.
@Suite struct FurnitureTests {
  @Test func `given the migrations then they are numbered without a gap and all are listed`() throws
  {
    let repository = try Repository.find()
    let migrations = try repository.files(under: "db", suffix: ".sql")
      .map { String($0.dropFirst("db/".count)) }
      .filter { $0.wholeMatch(of: /v\d{4}_[a-z0-9_]+\.sql/) != nil }
    #expect(!migrations.isEmpty)
    #expect(migrations.compactMap { Int($0.dropFirst().prefix(4)) } == Array(1...migrations.count))
    let package = try repository.text("Package.swift")
    let swift = try repository.files(under: "db", suffix: ".swift")
      .map { try repository.text($0) }.joined()
    for migration in migrations {
      #expect(package.contains(".embedInCode(\"\(migration)\")"), "Package.swift: \(migration)")
      let name = migration.replacing(".", with: "_")
      #expect(swift.contains(name), "no source in db names \(name)")
    }
  }

  @Test func `given the scripts then bash can read them and they may be run`() throws {
    let repository = try Repository.find()
    let scripts = try repository.files(under: "scripts") + repository.files(under: ".ci")
    #expect(scripts.contains("scripts/run"))
    #expect(scripts.contains("scripts/test"))
    for script in scripts {
      let first = try repository.lines(script).first ?? ""
      let isProgram = first.hasPrefix("#!")
      guard script.hasSuffix(".sh") || first.hasSuffix("bash") else { continue }
      let full = repository.root.appending(path: script).path
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-n", full]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(script): bash -n")
      let mayRun = FileManager.default.isExecutableFile(atPath: full)
      #expect(mayRun || !isProgram, "\(script) is not executable")
    }
  }
}

import Foundation
import Testing

@testable import Ledger

@Suite struct KeyFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "raiz-key-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var path: String { folder.appending(path: "ledger.key").path }

  @Test func `a key is made once, readable by its owner alone, and found again`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try CheckpointSigner.loadOrCreate(file: path, name: "a.example/x")
    let again = try CheckpointSigner.loadOrCreate(file: path, name: "a.example/x")
    #expect(first.verifierKey == again.verifierKey)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ledger.key"])
  }

  @Test func `a key of another name or open to others is refused`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try CheckpointSigner.loadOrCreate(file: path, name: "a.example/x")
    #expect(throws: LedgerError.self) {
      try CheckpointSigner.loadOrCreate(file: path, name: "b.example/x")
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: LedgerError.self) {
      try CheckpointSigner.loadOrCreate(file: path, name: "a.example/x")
    }
  }

  @Test func `the published checkpoint is replaced as a whole`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = PublishedCheckpointFile(path: folder.appending(path: "published").path)
    #expect(try file.load() == nil)
    try file.store("one\n")
    try file.store("two\n")
    #expect(try file.load() == "two\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["published"])
  }
}

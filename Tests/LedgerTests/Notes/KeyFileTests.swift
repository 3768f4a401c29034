import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite struct KeyFileTests {
  private let folder: URL

  init() throws { folder = URL(filePath: try TestFolders.scratch()) }

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

  @Test func `several that replace the published checkpoint at once are in nobody's way`()
    async throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = PublishedCheckpointFile(path: folder.appending(path: "published").path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          for _ in 0..<20 { try file.store(String(repeating: "\(number)", count: 1_000)) }
        }
      }
      try await group.waitForAll()
    }
    let last = try #require(try file.load())
    #expect(last.count == 1_000 && Set(last).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["published"])
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

import Foundation
import Testing
import Traceability
import ValueTypes

@testable import Application

/// The keys of people's data, as files.
@Suite struct PersonKeyStoreTests {
  private func with(_ body: (PersonKeyStore) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/raiz-keys-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(try PersonKeyStore(folder: folder))
  }

  private func keys(_ count: Int) -> [PersonKey] {
    (0..<count).map { number in
      PersonKey(
        identifier: UUID().uuidString.lowercased(),
        bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number + 1), count: 32))
    }
  }

  private func person(_ key: PersonKey) throws -> PersonalDataReference {
    PersonalDataReference(
      digest: try #require(SHA256Digest(hex: String(repeating: "0a", count: 32))),
      keyIdentifier: key.identifier)
  }

  private func files(_ store: PersonKeyStore) -> [String] {
    let all = FileManager.default.enumerator(atPath: store.folder)?.allObjects as? [String] ?? []
    return all.filter { $0.contains(".key") }.map { store.folder + "/" + $0 }
  }

  @Test(arguments: [1, 16, 17, 400])
  func `given keys when kept then each is found, and only its owner may read it`(
    count: Int
  ) throws {
    try with { store in
      let keys = keys(count)
      try store.keep(keys)
      // Kept twice, as after a crash, is kept once.
      try store.keep(keys)
      for key in keys { #expect(try store.key(key.identifier) == key) }
      #expect(files(store).count == count)
      for path in files(store) + [store.folder] {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect((try #require(mode as? Int)) & 0o077 == 0, "\(path)")
      }
    }
  }

  @Test func `given a key when destroyed then neither it nor a copy of it comes back`() throws {
    try with { store in
      let keys = keys(2)
      try store.keep(keys)
      let path = try #require(files(store).first { $0.contains(keys[0].identifier) })
      let copy = try #require(FileManager.default.contents(atPath: path))
      try store.destroy(try person(keys[0]))
      try store.destroy(try person(keys[0]))
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try store.key(keys[0].identifier) == nil)
      #expect(try store.key(keys[1].identifier) == keys[1])
      // Kept again, or put back by hand: dead all the same.
      try store.keep([keys[0]])
      #expect(!FileManager.default.fileExists(atPath: path))
      try copy.write(to: URL(fileURLWithPath: path))
      #expect(try store.key(keys[0].identifier) == nil)
      #expect(!FileManager.default.fileExists(atPath: path))
      try copy.write(to: URL(fileURLWithPath: path))
      #expect(try store.applyErased() == [try person(keys[0]).digest])
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `given a file that is still linked when destroyed then its bytes are zeros`() throws {
    try with { store in
      let key = keys(1)[0]
      try store.keep([key])
      let path = try #require(files(store).first)
      try FileManager.default.linkItem(atPath: path, toPath: store.folder + "/linked")
      try store.destroy(try person(key))
      let left = FileManager.default.contents(atPath: store.folder + "/linked")
      #expect(left == Data(repeating: 0, count: 32))
    }
  }

  @Test func `given what a crash left half written when destroyed then that goes too`() throws {
    try with { store in
      let key = keys(1)[0]
      try store.keep([key])
      let path = try #require(files(store).first)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".new")
      #expect(try store.key(key.identifier) == nil)
      try store.destroy(try person(key))
      #expect(files(store) == [])
    }
  }

  @Test func `given names that are no key's when used then nothing outside is touched`() throws {
    try with { store in
      for name in ["../../etc/passwd", "k1", "", "AB", String(repeating: "a", count: 65)] {
        #expect(try store.key(name) == nil)
        let person = PersonalDataReference(
          digest: try person(keys(1)[0]).digest, keyIdentifier: name)
        try store.destroy(person)
        #expect(throws: ApplicationError.self) {
          try store.keep([PersonKey(identifier: name, bytes: [UInt8](repeating: 1, count: 32))])
        }
      }
      #expect(try store.applyErased() == [])
    }
  }

  @Test func `given a torn key when read then the error names the file`() throws {
    try with { store in
      let key = keys(1)[0]
      try store.keep([key])
      let path = try #require(files(store).first)
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
      do {
        _ = try store.key(key.identifier)
        Issue.record("a torn key was read")
      } catch let error as ApplicationError {
        #expect(error.code == "cannot-read" && error.description.contains(path))
      }
    }
  }
}

import Foundation
import Synchronization
import TestSupport
import Testing
import Traceability
import ValueTypes

@testable import Application

/// The keys of people's data, as files.
@Suite struct PersonKeyStoreTests {
  private func with(_ body: (PersonKeyStore) throws -> Void) throws {
    let folder = try TestFolders.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(try PersonKeyStore(folder: folder + "/keys"))
  }

  private func keys(_ count: Int) -> [PersonKey] {
    (0..<count).map { number in
      PersonKey(
        identifier: UUID().uuidString.lowercased(),
        bytes: [UInt8](repeating: UInt8(number % 255 + 1), count: 32))
    }
  }

  private func person(_ key: PersonKey) throws -> PersonalDataReference {
    PersonalDataReference(
      digest: try #require(SHA256Digest(hex: String(repeating: "0a", count: 32))),
      keyIdentifier: key.identifier)
  }

  private func files(_ store: PersonKeyStore) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: store.folder)) ?? []
    return all.filter { $0.hasSuffix(".keys") }.map { store.folder + "/" + $0 }
  }

  /// Whether any file of the store holds the key's bytes.
  private func isThere(_ key: PersonKey, _ store: PersonKeyStore) -> Bool {
    files(store).contains {
      let text = FileManager.default.contents(atPath: $0) ?? Data()
      return text.range(of: Data(Hex.encode(key.bytes).utf8)) != nil
    }
  }

  @Test(arguments: [1, 2, 400])
  func `given keys when kept then each is found, and only its owner may read it`(
    count: Int
  ) throws {
    try with { store in
      let keys = keys(count)
      try store.keep(keys)
      try store.keep([])
      for key in keys { #expect(try store.key(key.identifier) == key && isThere(key, store)) }
      #expect(files(store).count == 1)
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
      // The same key in a second file, as a crash while keys are moved leaves it.
      try store.keep([keys[0]])
      let copies = try files(store).map {
        ($0, try #require(FileManager.default.contents(atPath: $0)))
      }
      try store.destroy([try person(keys[0])])
      try store.destroy([try person(keys[0])])
      #expect(!isThere(keys[0], store) && files(store).count == 1)
      #expect(try store.key(keys[0].identifier) == nil)
      #expect(try store.key(keys[1].identifier) == keys[1])
      // Kept again, or put back by hand: dead all the same.
      try store.keep([keys[0]])
      #expect(!isThere(keys[0], store))
      for (path, data) in copies { try data.write(to: URL(fileURLWithPath: path)) }
      #expect(isThere(keys[0], store))
      #expect(try store.key(keys[0].identifier) == nil)
      #expect(!isThere(keys[0], store))
      for (path, data) in copies { try data.write(to: URL(fileURLWithPath: path)) }
      #expect(try store.applyErased() == [try person(keys[0]).digest])
      #expect(!isThere(keys[0], store) && isThere(keys[1], store))
      try store.destroy([try person(keys[1])])
      #expect(files(store) == [])
    }
  }

  @Test func `given a file that is still linked when its key is destroyed then zeros are left`()
    throws
  {
    try with { store in
      let key = keys(1)[0]
      try store.keep([key])
      let path = try #require(files(store).first)
      try FileManager.default.linkItem(atPath: path, toPath: store.folder + "/linked")
      try store.destroy([try person(key)])
      let left = try #require(FileManager.default.contents(atPath: store.folder + "/linked"))
      #expect(
        String(decoding: left, as: UTF8.self).hasSuffix(String(repeating: "0", count: 64) + "\n"))
    }
  }

  /// As when a request and the service's follower carry out the same erasure.
  @Test func `given one key when several destroy it at once then none is in another's way`() throws
  {
    try with { store in
      for _ in 0..<50 {
        let key = keys(1)[0]
        try store.keep([key])
        let person = try person(key)
        let problems = Problems()
        let (gate, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        for _ in 0..<4 {
          Thread {
            gate.wait()
            problems.note { try store.destroy([person]) }
            done.signal()
          }.start()
        }
        for _ in 0..<4 { gate.signal() }
        for _ in 0..<4 { done.wait() }
        #expect(problems.all == [])
        #expect(try !isThere(key, store) && store.key(key.identifier) == nil)
      }
      #expect(try store.applyErased().count == 50)
    }
  }

  @Test func `given names that are no key's when used then nothing outside is touched`() throws {
    try with { store in
      for name in ["../../etc/passwd", "k1", "", "AB", String(repeating: "a", count: 65)] {
        #expect(try store.key(name) == nil)
        let person = PersonalDataReference(
          digest: try person(keys(1)[0]).digest, keyIdentifier: name)
        try store.destroy([person])
        #expect(throws: ApplicationError.self) {
          try store.keep([PersonKey(identifier: name, bytes: [UInt8](repeating: 1, count: 32))])
        }
      }
      #expect(try store.applyErased() == [])
    }
  }

  @Test func `given a file of keys that was cut when read then the error names it`() throws {
    try with { store in
      let key = keys(1)[0]
      try store.keep([key])
      let path = try #require(files(store).first)
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
      do {
        _ = try store.key(key.identifier)
        Issue.record("a cut file was read")
      } catch let error as ApplicationError {
        #expect(error.code == "cannot-read" && error.description.contains(path))
      }
    }
  }
}

/// What threads met.
private final class Problems: Sendable {
  private let state = Mutex<[String]>([])

  var all: [String] { state.withLock { $0 } }

  func note(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      state.withLock { $0.append("\(error)") }
    }
  }
}

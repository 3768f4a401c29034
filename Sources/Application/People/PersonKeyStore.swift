import Foundation
import Traceability
import ValueTypes

/// A key that opens one person's data.
struct PersonKey: Sendable, Hashable {
  let identifier: String
  /// 256 bits.
  let bytes: [UInt8]

  static let byteCount = 32
}

/// The keys of people's data, in files apart from the database and its backups: one file a key,
/// so that destroying one person's key touches nothing of another's, in 256 folders.
///
/// `erased/` names every key that was destroyed. Such a key is never kept or read again, so a
/// backup put back over the folder does not bring a person back: it adds files, and the names in
/// `erased/` stay.
struct PersonKeyStore: Sendable {
  let folder: String

  /// Above this many keys all files are written out at once before each is flushed.
  private static let singlyFlushed = 16

  /// Makes the folder where it is missing.
  init(folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    if try SecretFile.makeFolder(folder + "/erased") { try SecretFile.flush(folder: folder) }
  }

  /// Keeps keys for good before it returns; those that were erased are left out.
  func keep(_ keys: [PersonKey]) throws {
    let wanted = try keys.filter { key in
      guard Self.isIdentifier(key.identifier), key.bytes.count == PersonKey.byteCount else {
        throw ApplicationError.cannotWrite(key.identifier, reason: "this is no key of a person")
      }
      return !isErased(key.identifier)
    }
    guard !wanted.isEmpty else { return }
    try makeShards(Set(wanted.map { shard($0.identifier) }))
    let singly = wanted.count <= Self.singlyFlushed
    for key in wanted {
      try SecretFile.write(key.bytes, beside: path(key.identifier), flush: singly)
    }
    if !singly { try SecretFile.flush(beside: wanted.map { path($0.identifier) }) }
    for key in wanted { try SecretFile.publish(path(key.identifier)) }
    for shard in Set(wanted.map({ shard($0.identifier) })) {
      try SecretFile.flush(folder: shard)
    }
  }

  /// Nil where the key was never kept here, or is erased.
  func key(_ identifier: String) throws -> PersonKey? {
    guard Self.isIdentifier(identifier) else { return nil }
    if isErased(identifier) {
      try SecretFile.destroy(path(identifier))
      return nil
    }
    guard let data = FileManager.default.contents(atPath: path(identifier)) else { return nil }
    guard data.count == PersonKey.byteCount else {
      throw ApplicationError.cannotRead(
        path(identifier), reason: "\(data.count) bytes, not \(PersonKey.byteCount)")
    }
    return PersonKey(identifier: identifier, bytes: Array(data))
  }

  /// Destroys a key for good. The name in `erased/` comes first: from then on the key is dead,
  /// whatever happens to the file.
  func destroy(_ person: PersonalDataReference) throws {
    guard Self.isIdentifier(person.keyIdentifier) else { return }
    let mark = mark(person.keyIdentifier)
    if !SecretFile.exists(mark) {
      try SecretFile.write(Array("\(person.digest)\n".utf8), beside: mark, flush: true)
      try SecretFile.publish(mark)
      try SecretFile.flush(folder: folder + "/erased")
    }
    try SecretFile.destroy(path(person.keyIdentifier))
  }

  /// Everything that was erased; keys among it that came back are destroyed again.
  func applyErased() throws -> [SHA256Digest] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/erased")
    return try names.filter(Self.isIdentifier).compactMap { name in
      try SecretFile.destroy(path(name))
      let text = FileManager.default.contents(atPath: mark(name)).map {
        String(decoding: $0.prefix(64), as: UTF8.self)
      }
      return text.flatMap { SHA256Digest(hex: $0) }
    }
  }

  func isErased(_ identifier: String) -> Bool { SecretFile.exists(mark(identifier)) }

  /// What may be a file's name; the program gives UUIDs.
  static func isIdentifier(_ text: String) -> Bool {
    (8...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  private func makeShards(_ shards: Set<String>) throws {
    var isNew = false
    for shard in shards where try SecretFile.makeFolder(shard) { isNew = true }
    if isNew { try SecretFile.flush(folder: folder) }
  }

  private func shard(_ identifier: String) -> String { folder + "/" + identifier.prefix(2) }

  private func path(_ identifier: String) -> String {
    shard(identifier) + "/" + identifier + ".key"
  }

  private func mark(_ identifier: String) -> String { folder + "/erased/" + identifier }
}

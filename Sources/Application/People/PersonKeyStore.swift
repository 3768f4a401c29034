import Foundation
import Traceability
import ValueTypes

/// The keys of people's data, in files apart from the database and its backups.
///
/// The keys that are kept at once share a file, which is never added to: a hundred thousand
/// producers of one import cost one flush. A key is destroyed by overwriting it in place; a file
/// whose keys are all dead is removed.
///
/// `erased/` has a file for every key that was destroyed. Such a key is never kept or read again,
/// so a backup unpacked over the folder brings nobody back: it adds files, and the names stay.
struct PersonKeyStore: Sendable {
  let folder: String

  /// Makes the folder where it is missing.
  init(folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try SecretFile.makeFolder(folder + "/erased")
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
    try SecretFile.create(
      folder + "/" + UUID().uuidString.lowercased() + ".keys", PersonKeySheet.bytes(wanted))
  }

  /// Nil where the key was never kept here, or is erased.
  func key(_ identifier: String) throws -> PersonKey? {
    if isErased(identifier) {
      try wipe([identifier])
      return nil
    }
    for path in try sheets() {
      let sheet = try sheet(path)
      let found = sheet.entries.first { $0.lives && $0.identifier == identifier }
      if let found { return try sheet.key(of: found, path: path) }
    }
    return nil
  }

  /// Destroys keys for good. The names in `erased/` come first: from then on the keys are dead,
  /// whatever happens to the files.
  func destroy(_ people: [PersonalDataReference]) throws {
    let people = people.filter { Self.isIdentifier($0.keyIdentifier) }
    for person in people where !isErased(person.keyIdentifier) {
      try SecretFile.create(mark(person.keyIdentifier), Array("\(person.digest)\n".utf8))
    }
    try wipe(Set(people.map(\.keyIdentifier)))
  }

  /// The digests of all ciphertexts that were erased; keys of theirs that came back are destroyed
  /// again.
  func applyErased() throws -> [SHA256Digest] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/erased")
      .filter(Self.isIdentifier)
    try wipe(Set(names))
    return names.compactMap { name in
      let text = FileManager.default.contents(atPath: mark(name)).map {
        String(decoding: $0.prefix(64), as: UTF8.self)
      }
      return text.flatMap { SHA256Digest(hex: $0) }
    }
  }

  /// What may be a file's name; the program gives UUIDs.
  static func isIdentifier(_ text: String) -> Bool {
    (8...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  private func wipe(_ identifiers: Set<String>) throws {
    guard !identifiers.isEmpty else { return }
    for path in try sheets() {
      let entries = try sheet(path).entries
      let live = entries.filter(\.lives)
      let dying = live.filter { identifiers.contains($0.identifier) }
      if !dying.isEmpty {
        try SecretFile.overwrite(path, dying.map(\.place), with: PersonKeySheet.dead)
      }
      // Also one that a crash left between the two.
      if !entries.isEmpty, dying.count == live.count { try SecretFile.remove(path) }
    }
  }

  /// What a crash left without its name holds keys that no event names, and is left alone:
  /// another process may be writing it.
  private func sheets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".keys") }.sorted().map { folder + "/" + $0 }
  }

  private func sheet(_ path: String) throws -> PersonKeySheet {
    guard let data = FileManager.default.contents(atPath: path) else {
      // Another process may have removed it just now.
      guard SecretFile.exists(path) else { return try PersonKeySheet([], path: path) }
      throw ApplicationError.cannotRead(path, reason: "no permission, or a fault of the disk")
    }
    return try PersonKeySheet(Array(data), path: path)
  }

  private func isErased(_ identifier: String) -> Bool {
    Self.isIdentifier(identifier) && SecretFile.exists(mark(identifier))
  }

  private func mark(_ identifier: String) -> String { folder + "/erased/" + identifier }
}

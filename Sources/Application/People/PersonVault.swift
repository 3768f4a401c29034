import Foundation
import Ledger
import PostgreSQL
import Traceability
import ValueTypes

import enum Crypto.AES
import struct Crypto.SymmetricKey

/// Seals people's data: AES-GCM (NIST SP 800-38D) under a key of that person's own, kept outside
/// the database. Destroying the key erases the person; every hash and proof stays whole.
struct PersonVault: Sendable {
  let keys: PersonKeyStore
  let pool: Pool

  /// The media type of ciphertext; the database keeps a regulator from it by this name.
  static let mediaType = "application/vnd.raiz.sealed"

  struct Sealed {
    let reference: PersonalDataReference
    let attachment: Attachment
    let key: PersonKey
  }

  /// Makes the ciphertext; the key must be kept before the event is recorded.
  func seal(_ person: PersonalData, of producer: ProducerCode) throws -> Sealed {
    let key = SymmetricKey(size: .bits256)
    let identifier = UUID().uuidString.lowercased()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // The producer's code is bound in: a ciphertext moved to another producer does not open.
    let box = try AES.GCM.seal(
      encoder.encode(person), using: key, authenticating: Array(producer.text.utf8))
    guard let combined = box.combined else {
      throw ApplicationError.cannotWrite("\(producer)", reason: "the data could not be sealed")
    }
    let attachment = Attachment(mediaType: Self.mediaType, bytes: Array(combined))
    return Sealed(
      reference: PersonalDataReference(digest: attachment.digest, keyIdentifier: identifier),
      attachment: attachment,
      key: PersonKey(
        identifier: identifier, bytes: unsafe key.withUnsafeBytes { unsafe Array($0) }))
  }

  /// The person's data; nil once key or ciphertext is destroyed.
  func open(
    _ reference: PersonalDataReference, of producer: ProducerCode, reader: LedgerReader
  ) async throws -> PersonalData? {
    guard let key = try keys.key(reference.keyIdentifier),
      let sealed = try await reader.attachment(reference.digest)
    else { return nil }
    let box = try AES.GCM.SealedBox(combined: sealed.bytes)
    let clear = try AES.GCM.open(
      box, using: SymmetricKey(data: key.bytes), authenticating: Array(producer.text.utf8))
    return try JSONDecoder().decode(PersonalData.self, from: clear)
  }

  /// Destroys keys and ciphertexts; what is gone already is done.
  func destroy(_ people: [PersonalDataReference], ledger: String) async throws {
    try keys.destroy(people)
    try await deleteSealed(people.map(\.digest), ledger: ledger)
  }

  /// Destroys again what the list of the erased names and a restore brought back.
  func destroyReturned(ledger: String) async throws {
    try await deleteSealed(try keys.applyErased(), ledger: ledger)
  }

  private func deleteSealed(_ digests: [SHA256Digest], ledger: String) async throws {
    guard !digests.isEmpty else { return }
    _ = try await pool.withSession { session in
      try await session.execute(
        """
        DELETE FROM raiz.attachments
        WHERE ledger = (SELECT ledger FROM raiz.ledgers WHERE name = \(ledger))
          AND digest = ANY(\(digests.map(\.bytes))) AND media_type = \(Self.mediaType)
        """)
    }
  }
}

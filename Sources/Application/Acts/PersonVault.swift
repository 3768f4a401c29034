import Crypto
import Foundation
import Ledger
import PostgreSQL
import Traceability
import ValueTypes

/// Seals people's data: AES-GCM (NIST SP 800-38D) under a key of that person's own, kept apart
/// from the events. Destroying the key erases the person; every hash and proof stays whole.
public struct PersonVault: Sendable {
  let pool: Pool
  let ledger: Int64

  struct Key: Sendable {
    let identifier: String
    let bytes: [UInt8]
  }

  struct Sealed {
    let reference: PersonalDataReference
    let attachment: Attachment
    let key: Key
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
    let attachment = Attachment(mediaType: "application/vnd.raiz.sealed", bytes: Array(combined))
    return Sealed(
      reference: PersonalDataReference(digest: attachment.digest, keyIdentifier: identifier),
      attachment: attachment,
      key: Key(identifier: identifier, bytes: unsafe key.withUnsafeBytes { unsafe Array($0) }))
  }

  /// Stores keys. A key whose event is never recorded opens nothing.
  func keep(_ keys: [Key]) async throws {
    guard !keys.isEmpty else { return }
    _ = try await pool.withSession { session in
      try await session.execute(
        """
        INSERT INTO raiz_vault.person_keys (ledger, identifier, key)
        SELECT \(ledger), r.identifier, r.key
        FROM unnest(\(keys.map(\.identifier)), \(keys.map(\.bytes))) AS r(identifier, key)
        """)
    }
  }

  /// The person's data; nil once the key is destroyed.
  func open(
    _ reference: PersonalDataReference, of producer: ProducerCode, reader: LedgerReader
  ) async throws -> PersonalData? {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT key FROM raiz_vault.person_keys
        WHERE ledger = \(ledger) AND identifier = \(reference.keyIdentifier)
        """)
    }
    guard let row = rows.first, let sealed = try await reader.attachment(reference.digest) else {
      return nil
    }
    let key = SymmetricKey(data: try row.decode(0, as: [UInt8].self))
    let box = try AES.GCM.SealedBox(combined: sealed.bytes)
    let clear = try AES.GCM.open(box, using: key, authenticating: Array(producer.text.utf8))
    return try JSONDecoder().decode(PersonalData.self, from: clear)
  }
}

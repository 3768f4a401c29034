import PostgreSQL
import ValueTypes

/// Keeps the cosignatures of a ledger's checkpoints, each once and for good.
public struct CosignatureStore: Sendable {
  private let reader: LedgerReader

  public init(reader: LedgerReader) { self.reader = reader }

  /// Adds a verified cosignature; one of that witness's key over that size is kept as it is.
  ///
  /// Throws `malformed` for a time beyond the year 9999.
  public func add(_ cosignature: Cosignature, size: Int64) async throws {
    guard let moment = cosignature.moment else {
      throw LedgerError.malformed(what: "cosignature", reason: "has a time after the year 9999")
    }
    let signedAt = PostgresTimestamp(microseconds: moment.microseconds)
    _ = try await reader.query(
      """
      INSERT INTO raiz.cosignatures (ledger, size, witness, key_id, signed_at, line)
      VALUES (\(reader.ledger), \(size), \(cosignature.witness), \(cosignature.keyID),
        \(signedAt), \(cosignature.line))
      ON CONFLICT DO NOTHING
      """)
  }
}

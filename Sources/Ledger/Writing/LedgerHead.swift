import PostgreSQL
import ValueTypes

/// What an append must find unchanged, and the time that it may not fall behind. The root as well
/// as the size: another server may have written as many events as a batch that failed.
struct HeadMark: Sendable, Equatable {
  let size: Int64
  let root: SHA256Digest
  let epoch: Int64
  let lastRecordedAt: Timestamp
}

/// A ledger's row: where it stands.
struct LedgerHead: Sendable {
  let ledger: Int64
  let origin: String
  let range: CompactRange
  let root: SHA256Digest
  let epoch: Int64
  let lastRecordedAt: Timestamp

  var size: Int64 { range.size }
  var mark: HeadMark {
    HeadMark(size: size, root: root, epoch: epoch, lastRecordedAt: lastRecordedAt)
  }
}

extension LedgerHead {
  static func query(ledger: Int64) -> SQL {
    """
    SELECT ledger, origin, size, root, frontier, epoch, last_recorded_at
    FROM raiz.ledgers WHERE ledger = \(ledger)
    """
  }

  /// Throws `inconsistent` if the frontier does not lead to the root.
  init(_ row: Row) throws {
    let size: Int64 = try row.decode("size")
    guard let root = SHA256Digest(try row.decode("root", as: [UInt8].self)),
      let range = try? CompactRange(
        size: size, bytes: try row.decode("frontier", as: [UInt8].self)),
      range.root == root
    else {
      throw LedgerError.inconsistent(
        size: size, reason: "the stored frontier does not lead to the stored root")
    }
    ledger = try row.decode("ledger")
    origin = try row.decode("origin")
    self.range = range
    self.root = root
    epoch = try row.decode("epoch")
    let recorded: PostgresTimestamp = try row.decode("last_recorded_at")
    lastRecordedAt = Timestamp(microseconds: recorded.microseconds) ?? .ledgerEpoch
  }
}

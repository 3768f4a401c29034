public import ValueTypes

/// What an audit of a log's files has checked and found.
public struct LogAuditReport: Sendable, Codable, Equatable {
  /// The size, and what does not fit. `checkpoints` counts the signed one and the earlier ones.
  public internal(set) var audit: AuditReport
  /// The root that is signed.
  public internal(set) var root: SHA256Digest?
  public internal(set) var streams: Int64 = 0
  public internal(set) var commits: Int64 = 0
  /// Witnesses that were asked for and have cosigned.
  public internal(set) var witnesses: [String] = []
  /// The position of the commitment to the heads of streams that was held against the events; nil
  /// where the log has none, or some event cannot be read.
  public internal(set) var headsAt: Int64?

  public var isSound: Bool { audit.isSound }

  init(ledger: String, size: Int64) { audit = AuditReport(ledger: ledger, size: size) }

  mutating func add(_ kind: Discrepancy.Kind, at positions: Range<Int64>?, _ detail: String) {
    audit.add(kind, at: positions, detail)
  }

  mutating func add(_ kind: Discrepancy.Kind, at position: Int64, _ detail: String) {
    audit.add(kind, at: position..<(position + 1), detail)
  }
}

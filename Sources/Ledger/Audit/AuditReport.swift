/// Something in the database that cannot be as the writer left it.
public struct Discrepancy: Sendable, Codable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable, Codable {
    /// The bytes of an event do not have the hash that was recorded.
    case eventChanged = "event-changed"
    /// A position without an event.
    case eventMissing = "event-missing"
    /// The columns beside an event's bytes, or its time, contradict the bytes or the order.
    case eventContradicts = "event-contradicts"
    /// A tile is missing or does not hold the hashes it must.
    case tileChanged = "tile-changed"
    /// A checkpoint is missing, badly signed, or not of this tree.
    case checkpointWrong = "checkpoint-wrong"
    /// The ledger's row contradicts its events.
    case headWrong = "head-wrong"
    /// A stream's versions have a hole, or its head contradicts its events.
    case streamWrong = "stream-wrong"
    /// The ledger committed to heads that its streams did not have.
    case headsWrong = "heads-wrong"
    /// An idempotency key contradicts the events of its commit.
    case keyWrong = "key-wrong"
    /// An attachment's bytes are not those it is named by.
    case attachmentChanged = "attachment-changed"
    /// The database lacks what was published, or holds something else.
    case publishedDiffers = "published-differs"
  }

  public let kind: Kind
  /// The positions it concerns, from the first to before the last; nil where none can be named.
  public let positions: Range<Int64>?
  public let detail: String

  public var description: String {
    guard let positions else { return "\(kind.rawValue): \(detail)" }
    let last = positions.upperBound - 1
    let place =
      positions.count == 1
      ? "position \(last)" : "positions \(positions.lowerBound) to \(last)"
    return "\(kind.rawValue) at \(place): \(detail)"
  }
}

/// What an audit has checked and found.
public struct AuditReport: Sendable, Codable, Equatable {
  /// Discrepancies that are kept; more are only counted.
  public static let maximumKept = 1_000

  public let ledger: String
  public internal(set) var size: Int64
  public internal(set) var checkpoints: Int64 = 0
  public internal(set) var tiles: Int64 = 0
  public internal(set) var discrepancies: [Discrepancy] = []
  /// All discrepancies, kept or not.
  public internal(set) var found: Int64 = 0

  public var isSound: Bool { found == 0 }

  init(ledger: String, size: Int64) {
    self.ledger = ledger
    self.size = size
  }

  mutating func add(_ kind: Discrepancy.Kind, at positions: Range<Int64>?, _ detail: String) {
    found += 1
    guard discrepancies.count < Self.maximumKept else { return }
    discrepancies.append(Discrepancy(kind: kind, positions: positions, detail: detail))
  }
}

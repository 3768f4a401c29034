public import ValueTypes

/// A fact with the moment it happened and its version: what an act repeated is compared with.
public struct Dated<Value: Sendable & Hashable>: Sendable, Hashable {
  public let value: Value
  public let occurredAt: Timestamp
  public let version: Int64

  public init(_ value: Value, at occurredAt: Timestamp, version: Int64) {
    self.value = value
    self.occurredAt = occurredAt
    self.version = version
  }

  func isSame(_ other: Value, at moment: Timestamp) -> Bool {
    value == other && occurredAt == moment
  }
}

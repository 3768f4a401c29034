import Synchronization
import ValueTypes

@testable import Ledger

/// A clock that says what it is told, and the last of it for ever.
final class Times: Sendable {
  private let left: Mutex<[Int64]>

  init(_ microseconds: [Int64]) { left = Mutex(microseconds) }

  func next() -> Timestamp {
    let value = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    return Timestamp(microseconds: value) ?? .ledgerEpoch
  }
}

/// Remembers what progress was told.
final class Steps: Sendable {
  private let steps = Mutex<[[Int64]]>([])

  func add(_ done: Int64, _ total: Int64) { steps.withLock { $0.append([done, total]) } }
  var all: [[Int64]] { steps.withLock { $0 } }
}

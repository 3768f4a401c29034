import Synchronization

/// What a client of raiz was told: where its act is, and under which checkpoint.
struct Acknowledgement: Sendable, Equatable {
  /// The shipment that the act opened.
  let shipment: String
  /// Nil where the answer said no more than that the act had been recorded before.
  var position: Int64?
  var checkpointSize: Int64?
  var checkpoint: String?
}

/// All that was acknowledged, by idempotency key, and what must never be answered.
final class Acknowledged: Sendable {
  private struct State {
    var acts: [String: Acknowledgement] = [:]
    var wrong: [String] = []
    var retries = 0
    var withoutPosition = 0
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.acts.count } }
  var all: [String: Acknowledgement] { state.withLock { $0.acts } }
  /// Answers that contradict what was acknowledged or refuse what is right.
  var wrong: [String] { state.withLock { $0.wrong } }
  /// How often a client had to ask again.
  var retries: Int { state.withLock { $0.retries } }
  /// How many answers told that the act is recorded, and not where.
  var withoutPosition: Int { state.withLock { $0.withoutPosition } }

  func noteRetry() { state.withLock { $0.retries += 1 } }
  func noteWrong(_ text: String) { state.withLock { $0.wrong.append(text) } }

  func add(_ key: String, _ act: Acknowledgement) {
    state.withLock {
      if act.position == nil { $0.withoutPosition += 1 }
      guard let known = $0.acts[key] else {
        $0.acts[key] = act
        return
      }
      if let first = known.position, let again = act.position, first != again {
        $0.wrong.append("\(key) was acknowledged at \(first), then at \(again)")
      }
      if known.position == nil { $0.acts[key] = act }
    }
  }
}

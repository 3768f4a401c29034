import Synchronization

/// Does some work for the newest of the values handed in; those overtaken meanwhile are dropped.
///
/// Used after commits, where only the last state counts: waking readers, storing the checkpoint.
/// Between two runs lies a pause, so that a fast writer does not drown in what follows it.
final class Coalescer<Value: Sendable>: Sendable {
  private struct State {
    var newest: Value?
    var last: Value?
    var isRunning = false
    var isHurried = false
    var waiters: [CheckedContinuation<Void, Never>] = []
    var failure: (any Error)?
  }

  private let state = Mutex(State())
  private let pause: Duration
  private let work: @Sendable (Value) async throws -> Void
  private static var slice: Duration { .milliseconds(10) }

  init(pause: Duration, _ work: @escaping @Sendable (Value) async throws -> Void) {
    self.pause = pause
    self.work = work
  }

  /// Why the last run failed; nil after a run that did not.
  var failure: (any Error)? { state.withLock { $0.failure } }

  func submit(_ value: Value) {
    let begins = state.withLock { state in
      state.newest = value
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if begins { Task { await run() } }
  }

  /// Does the work for the last value once more, unless a newer one waits.
  func again() {
    let last = state.withLock { $0.newest ?? $0.last }
    if let last { submit(last) }
  }

  private func run() async {
    while let value = next() {
      do {
        try await work(value)
        state.withLock { $0.failure = nil }
      } catch {
        state.withLock { $0.failure = error }
      }
      await rest()
    }
  }

  /// The value to work on, or nil at the end, when those who wait are released.
  private func next() -> Value? {
    let (value, released) = state.withLock {
      state -> (Value?, [CheckedContinuation<Void, Never>]) in
      defer { state.newest = nil }
      if let value = state.newest {
        state.last = value
        return (value, [])
      }
      defer { state.waiters = [] }
      (state.isRunning, state.isHurried) = (false, false)
      return (nil, state.waiters)
    }
    for waiter in released { waiter.resume() }
    return value
  }

  /// Sleeps the pause in slices, so that a flush need not wait for its end.
  private func rest() async {
    var left = pause
    while left > .zero, !state.withLock({ $0.isHurried }) {
      try? await Task.sleep(for: min(left, Self.slice))
      left -= Self.slice
    }
  }

  /// Returns when nothing is left to do; throws what the last run threw.
  func flush() async throws {
    await withCheckedContinuation { waiter in
      let isIdle = state.withLock { state in
        if state.isRunning {
          state.waiters.append(waiter)
          state.isHurried = true
        }
        return !state.isRunning
      }
      if isIdle { waiter.resume() }
    }
    if let failure { throw failure }
  }
}

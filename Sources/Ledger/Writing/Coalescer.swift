/// Does some work for the newest of the values handed in; those overtaken meanwhile are dropped.
///
/// Used after commits, where only the last state counts: waking readers, storing the checkpoint.
actor Coalescer<Value: Sendable> {
  private let work: @Sendable (Value) async throws -> Void
  private var newest: Value?
  private var isRunning = false
  private var waiters: [CheckedContinuation<Void, Never>] = []
  /// Why the last run failed; nil after a run that did not.
  private(set) var failure: (any Error)?

  init(_ work: @escaping @Sendable (Value) async throws -> Void) { self.work = work }

  func submit(_ value: Value) {
    newest = value
    guard !isRunning else { return }
    isRunning = true
    Task { await run() }
  }

  private func run() async {
    while let value = newest {
      newest = nil
      do {
        try await work(value)
        failure = nil
      } catch {
        failure = error
      }
    }
    isRunning = false
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// Returns when nothing is left to do; throws what the last run threw.
  func flush() async throws {
    if isRunning { await withCheckedContinuation { waiters.append($0) } }
    if let failure { throw failure }
  }
}

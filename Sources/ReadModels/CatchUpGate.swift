/// Lets one run at a time through; whoever comes meanwhile shares the next.
///
/// A run holds one session and reads with a second. Were each caller to run by itself, as many
/// callers as the pool has sessions would hold them all, and wait for one another.
public actor CatchUpGate {
  private var running: Task<Int64, any Error>?
  private var waiting: Task<Int64, any Error>?

  public init() {}

  /// Returns what a run gave that began after this call: an earlier one may have looked before
  /// what the caller wants to be seen was there.
  public func pass(_ run: @escaping @Sendable () async throws -> Int64) async throws -> Int64 {
    if let waiting { return try await waiting.value }
    let earlier = running
    let task = Task {
      _ = await earlier?.result
      begin()
      return try await run()
    }
    waiting = task
    return try await task.value
  }

  private func begin() {
    running = waiting
    waiting = nil
  }
}

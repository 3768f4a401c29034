import CPostgreSQL
import Foundation
import Synchronization

/// Cancels what a session runs, from any thread: asks the server over a connection of its own
/// (`PQcancel` blocks, so on a thread of its own) and lets the session drain its results.
@safe final class Interruption: @unchecked Sendable {
  private struct State {
    /// Counts the statements, so that a request never strikes a later one.
    var run = 0
    var isRunning = false
    var isRequested = false
  }

  /// A cancel that reaches the server before its statement does is lost, so it is repeated.
  private static let pauses: [Duration] = [.milliseconds(5), .milliseconds(50), .milliseconds(500)]

  private let state = Mutex(State())
  /// Made once, freed with this; libpq lets any thread use it.
  private let handle: OpaquePointer?

  init(connection: OpaquePointer) { unsafe handle = unsafe PQgetCancel(connection) }

  deinit { unsafe PQfreeCancel(handle) }

  func begin() {
    state.withLock { state in
      state.run += 1
      (state.isRunning, state.isRequested) = (true, false)
    }
  }

  /// True where a cancel was asked for while it ran. No cancel is sent after this returns, so it
  /// cannot strike the next statement.
  func end() -> Bool {
    state.withLock { state in
      state.isRunning = false
      return state.isRequested
    }
  }

  /// Asks the server to cancel, again and again until the statement that runs now has ended.
  func request() {
    let run = state.withLock { $0.run }
    let thread = Thread { [self] in
      var attempt = 0
      while send(run) {
        let pause = Self.pauses[min(attempt, Self.pauses.count - 1)]
        Thread.sleep(forTimeInterval: Double(pause.components.attoseconds) / 1e18)
        attempt += 1
      }
    }
    thread.start()
  }

  /// False once that run is over.
  private func send(_ run: Int) -> Bool {
    // Sent under the lock: `end` waits until it is out, and nothing later is hit.
    state.withLock { state in
      guard state.isRunning, state.run == run else { return false }
      state.isRequested = true
      var message = [CChar](repeating: 0, count: 256)
      _ = unsafe PQcancel(handle, &message, 256)
      return true
    }
  }
}

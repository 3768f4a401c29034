import CPostgreSQL
import Foundation
import Synchronization

/// Cancels what a session runs, from any thread: asks the server over a connection of its own
/// (`PQcancel` blocks, so on a thread of its own) and lets the session drain its results.
@safe final class Interruption: @unchecked Sendable {
  private struct State {
    var isRunning = false
    var isRequested = false
  }

  private let state = Mutex(State())
  /// Made once, freed with this; libpq lets any thread use it.
  private let handle: OpaquePointer?

  init(connection: OpaquePointer) { unsafe handle = unsafe PQgetCancel(connection) }

  deinit { unsafe PQfreeCancel(handle) }

  func begin() { state.withLock { ($0.isRunning, $0.isRequested) = (true, false) } }

  /// True where a cancel was asked for while it ran. No cancel is sent after this returns, so it
  /// cannot strike the next statement.
  func end() -> Bool {
    state.withLock { state in
      state.isRunning = false
      return state.isRequested
    }
  }

  func request() {
    let thread = Thread { [self] in
      // Sent under the lock: `end` waits until it is out, and nothing later is hit.
      state.withLock { state in
        guard state.isRunning else { return }
        state.isRequested = true
        var message = [CChar](repeating: 0, count: 256)
        _ = unsafe PQcancel(handle, &message, 256)
      }
    }
    thread.start()
  }
}

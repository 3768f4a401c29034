import Foundation
import Synchronization

/// The one OS thread of a session: runs the session's jobs in order and, between them, watches a
/// socket for notifications. Blocking in libpq's poll here blocks nobody else.
final class SessionThread: SerialExecutor, @unchecked Sendable {
  private struct Shared {
    var jobs: [UnownedJob] = []
    var isStopped = false
    var thread: pthread_t?
  }

  private let shared = Mutex(Shared())
  /// Wakes the thread.
  private let wake = SignalPipe()
  /// Set and called on the thread itself only.
  private nonisolated(unsafe) var watched: (socket: Int32, onReadable: () -> Void)?

  /// - Throws: `connectionFailed` where the system has no descriptor left.
  init() throws(PostgresError) {
    guard wake.descriptor >= 0 else {
      throw PostgresError(.connectionFailed, "no descriptor is left (errno \(errno))")
    }
    let thread = Thread { [self] in run() }
    thread.name = "postgresql"
    thread.stackSize = 1 << 20
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    shared.withLock { $0.jobs.append(unowned) }
    wake.raise()
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  /// The runtime asks this where code between two jobs, such as the socket's watcher, says that it
  /// runs on the session's own thread.
  func checkIsolated() {
    let own = shared.withLock { $0.thread }
    precondition(
      own.map { pthread_equal($0, pthread_self()) != 0 } ?? false,
      "not on the session's own thread")
  }

  /// Ends the thread once its jobs are done.
  func stop() {
    shared.withLock { $0.isStopped = true }
    wake.raise()
  }

  /// Calls `onReadable` on the thread whenever the socket has something and no job runs.
  func watch(_ socket: Int32, _ onReadable: @escaping () -> Void) {
    unsafe watched = (socket, onReadable)
  }

  func unwatch() { unsafe watched = nil }

  private func run() {
    let own = pthread_self()
    shared.withLock { $0.thread = own }
    while true {
      wake.lower()
      let (jobs, isStopped) = shared.withLock { state in
        defer { state.jobs = [] }
        return (state.jobs, state.isStopped)
      }
      for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
      if !jobs.isEmpty { continue }
      if isStopped { break }
      waitForWork()
    }
  }

  private func waitForWork() {
    var descriptors = [pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)]
    if let socket = unsafe watched?.socket {
      descriptors.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0))
    }
    let ready = unsafe poll(&descriptors, nfds_t(descriptors.count), -1)
    if ready > 0, descriptors.count > 1, descriptors[1].revents != 0 {
      unsafe watched?.onReadable()
    }
  }
}

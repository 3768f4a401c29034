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
  /// A pipe: a byte in it wakes the thread.
  private let wake: Int32
  private let waker: Int32
  /// Set and called on the thread itself only.
  private nonisolated(unsafe) var watched: (socket: Int32, onReadable: () -> Void)?

  /// - Throws: `connectionFailed` where the system has no descriptor left.
  init() throws(PostgresError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      throw PostgresError(.connectionFailed, "no descriptor is left (errno \(errno))")
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (wake, waker) = (ends[0], ends[1])
    let thread = Thread { [self] in run() }
    thread.name = "postgresql"
    thread.stackSize = 1 << 20
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    shared.withLock { $0.jobs.append(unowned) }
    signal()
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
    signal()
  }

  /// Calls `onReadable` on the thread whenever the socket has something and no job runs.
  func watch(_ socket: Int32, _ onReadable: @escaping () -> Void) {
    unsafe watched = (socket, onReadable)
  }

  func unwatch() { unsafe watched = nil }

  private func signal() {
    // A full pipe means that a wake-up is on its way already.
    var one: UInt8 = 1
    _ = unsafe write(waker, &one, 1)
  }

  private func drainSignal() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(wake, &bytes, bytes.count) == bytes.count {}
  }

  private func run() {
    let own = pthread_self()
    shared.withLock { $0.thread = own }
    while true {
      drainSignal()
      let (jobs, isStopped) = shared.withLock { state in
        defer { state.jobs = [] }
        return (state.jobs, state.isStopped)
      }
      for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
      if !jobs.isEmpty { continue }
      if isStopped { break }
      waitForWork()
    }
    close(wake)
    close(waker)
  }

  private func waitForWork() {
    var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
    if let socket = unsafe watched?.socket {
      descriptors.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0))
    }
    let ready = unsafe poll(&descriptors, nfds_t(descriptors.count), -1)
    if ready > 0, descriptors.count > 1, descriptors[1].revents != 0 {
      unsafe watched?.onReadable()
    }
  }
}

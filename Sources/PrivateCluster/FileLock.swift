#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A `flock` on a file of its own. The kernel drops it when the process ends, however it ends.
///
/// The descriptor isn't inherited by programs we run: a server that held our lock would keep it
/// for ever.
struct FileLock: ~Copyable {
  static let waitSeconds = 330

  private let descriptor: Int32
  let path: String

  /// Opens the file, making it if need be, without a lock.
  init(_ path: String) throws(ClusterError) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Files.failure(errno, "open the lock file", path) }
    self.descriptor = descriptor
    self.path = path
  }

  // Unlocking goes before closing: a child between fork and exec may share the descriptor.
  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Takes or turns the lock into an exclusive one if nobody else has it. If somebody has, a shared
  /// lock held before is gone.
  func tryExclusive() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  func tryShared() -> Bool { flock(descriptor, LOCK_SH | LOCK_NB) == 0 }

  /// The lock on the file, exclusive, once nobody else has it. Another raiz has it only while it
  /// makes, starts or stops the server.
  static func exclusive(_ path: String) async throws(ClusterError) -> FileLock {
    let lock = try FileLock(path)
    let deadline = ContinuousClock.now + .seconds(waitSeconds)
    while !lock.tryExclusive() {
      guard .now < deadline else {
        throw ClusterError(
          .startLockTimedOut,
          "another raiz has been starting or stopping the server for \(waitSeconds) seconds",
          at: path, remedy: "end that raiz (fuser \(path) names it), then start raiz again")
      }
      await Pause.milliseconds(30)
    }
    return lock
  }
}

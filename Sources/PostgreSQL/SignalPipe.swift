import Glibc

/// A flag that a thread can wait for with `poll`, beside a socket.
package final class SignalPipe: Sendable {
  /// Can be read while the flag is raised; −1 where the system has no descriptor left, which `poll`
  /// passes over.
  package let descriptor: Int32
  private let writer: Int32

  package init() {
    var ends: [Int32] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (descriptor, writer) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  package func raise() {
    // A full pipe means that the flag is raised already.
    var one: UInt8 = 1
    _ = unsafe write(writer, &one, 1)
  }

  package func lower() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while unsafe read(descriptor, &bytes, 16) == 16 {}
  }
}

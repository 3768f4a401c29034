import Foundation

/// Blocking sockets on loopback and in the file system. A call that fails answers nil or false:
/// in these tests a broken connection is an everyday thing.
enum Sockets {
  static func listen(at path: String) -> Int32? {
    let end = socket(AF_UNIX, kind, 0)
    let bound = unsafe withAddress(path) { unsafe bind(end, $0, $1) }
    guard end >= 0, bound == 0, Foundation.listen(end, 128) == 0 else { return nil }
    return end
  }

  static func connect(to path: String) -> Int32? {
    let end = socket(AF_UNIX, kind, 0)
    return opened(end, unsafe withAddress(path) { unsafe Foundation.connect(end, $0, $1) })
  }

  /// To a port of this machine; a read or write that takes longer than `seconds` fails.
  static func connect(toPort port: Int, seconds: Double) -> Int32? {
    let end = socket(AF_INET, kind, 0)
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(seconds * 1e6) % 1_000_000)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(
        end, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let outcome = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Foundation.connect(end, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return opened(end, outcome)
  }

  /// Up to 64 KiB; nil at the end of the stream or when it breaks.
  static func read(_ end: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe recv(end, &bytes, bytes.count, 0)
      if count > 0 { return Array(bytes[..<count]) }
      guard count < 0, errno == EINTR else { return nil }
    }
  }

  static func write(_ bytes: [UInt8], to end: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe send(end, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The process at the other end of a connection in the file system; 0 where it is not known.
  static func peer(of end: Int32) -> pid_t {
    // struct ucred: process, user, group.
    var credentials: [pid_t] = [0, 0, 0]
    var size = socklen_t(MemoryLayout<pid_t>.size * credentials.count)
    let outcome = unsafe getsockopt(end, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
    return outcome == 0 ? credentials[0] : 0
  }

  private static var kind: Int32 {
    Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  }

  private static func opened(_ end: Int32, _ outcome: Int32) -> Int32? {
    if end >= 0, outcome == 0 { return end }
    if end >= 0 { close(end) }
    return nil
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: path.utf8.prefix($0.count - 1))
    }
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

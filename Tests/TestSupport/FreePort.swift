import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ports for servers under test.
public enum FreePort {
  /// Below those that Linux gives to clients, which come and go.
  private static let range = 20_000..<32_000
  private static let last = Mutex<Int>(Int.random(in: range))

  /// A port of the loopback at which nobody listens, and which this process has not given before.
  public static func take() -> Int {
    last.withLock { last in
      repeat {
        last = last + 1 < range.upperBound ? last + 1 : range.lowerBound
      } while !isFree(last)
      return last
    }
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, size) == 0
      }
    }
  }
}

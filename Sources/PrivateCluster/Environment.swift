#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The few environment variables the private cluster looks at.
enum Environment {
  /// The value of a variable that is set and not empty.
  static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    let value = unsafe String(cString: text)
    return value.isEmpty ? nil : value
  }

  /// The absolute folders of `PATH`, then the system's, each once.
  static var searchPath: [String] {
    let own = (value("PATH") ?? "").split(separator: ":").map(String.init)
    let system = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]
    var seen: Set<String> = []
    return (own + system).filter { $0.hasPrefix("/") && seen.insert($0).inserted }
  }
}

import CPostgreSQL

/// Where and how to connect: libpq's keywords and values (PostgreSQL documentation, 34.1.2).
public struct ConnectionTarget: Sendable, Hashable {
  /// `host`, `port`, `dbname`, `user`, `options`, `application_name`, …
  public var parameters: [String: String]

  public init(parameters: [String: String]) { self.parameters = parameters }

  /// Reads a URL `postgresql://…` or a string of keywords and values.
  ///
  /// - Throws: `invalidTarget`. The text, which may hold a password, is not repeated.
  public init(url: String) throws(PostgresError) {
    var problem: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(url, &problem) else {
      // libpq's reason repeats the text, and with it a password.
      unsafe PQfreemem(problem)
      throw PostgresError(
        .invalidTarget,
        "the database URL cannot be read; write postgresql://user:password@host:port/database,"
          + " with special characters percent-encoded")
    }
    defer { unsafe PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var index = 0
    while let keyword = unsafe options[index].keyword {
      if let value = unsafe options[index].val {
        unsafe parameters[String(cString: keyword)] = unsafe String(cString: value)
      }
      index += 1
    }
    self.parameters = parameters
  }

  /// The same target with one parameter changed.
  public func with(_ key: String, _ value: String) -> ConnectionTarget {
    var copy = self
    copy.parameters[key] = value
    return copy
  }
}

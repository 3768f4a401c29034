/// What went wrong between this process and PostgreSQL.
///
/// `description` may be shown to an operator; it holds the server's message but no values of
/// parameters. `debugDescription` adds the server's detail and hint, which can hold them.
public struct PostgresError: Error, Sendable, CustomStringConvertible,
  CustomDebugStringConvertible
{
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The server refused the statement; `sqlState` says why.
    case server
    case connectionFailed = "connection-failed"
    case connectionLost = "connection-lost"
    case deadlineExceeded = "deadline-exceeded"
    case poolExhausted = "pool-exhausted"
    case poolClosed = "pool-closed"
    case cancelled
    case unknownType = "unknown-type"
    case decodingFailed = "decoding-failed"
    case copyFailed = "copy-failed"
    case protocolViolation = "protocol-violation"
    case invalidTarget = "invalid-target"
    case tooLarge = "too-large"
  }

  public let code: Code
  public let message: String
  /// Five characters (PostgreSQL documentation, appendix A).
  public let sqlState: String?
  public let detail: String?
  public let hint: String?
  public let constraint: String?
  public let table: String?

  public init(
    _ code: Code, _ message: String, sqlState: String? = nil, detail: String? = nil,
    hint: String? = nil, constraint: String? = nil, table: String? = nil
  ) {
    self.code = code
    self.message = message
    self.sqlState = sqlState
    self.detail = detail
    self.hint = hint
    self.constraint = constraint
    self.table = table
  }

  public var isUniqueViolation: Bool { sqlState == "23505" }
  public var isSerializationFailure: Bool { sqlState == "40001" || sqlState == "40P01" }

  /// The statement's fate is unknown, or the server is going away: a new session is needed.
  public var isConnectionLoss: Bool {
    if code == .connectionLost || code == .connectionFailed { return true }
    guard let sqlState else { return false }
    return sqlState.hasPrefix("08") || sqlState.hasPrefix("57P0")
  }

  public var description: String {
    let state = sqlState.map { " [\($0)]" } ?? ""
    return "PostgreSQL: \(message)\(state)"
  }

  public var debugDescription: String {
    var text = "\(code.rawValue): \(description)"
    if let detail { text += "; detail: \(detail)" }
    if let hint { text += "; hint: \(hint)" }
    if let constraint { text += "; constraint: \(constraint)" }
    return text
  }
}

/// A statement: literal text whose interpolated values travel as parameters, never as text.
///
///     let sql: SQL = "SELECT name FROM lots WHERE code = \(code) AND grams > \(least)"
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  public let text: String
  public let parameters: [Parameter]

  public init(stringLiteral value: StaticString) {
    text = value.description
    parameters = []
  }

  public init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
    parameters = stringInterpolation.parameters
  }

  public struct Interpolation: StringInterpolationProtocol {
    var text = ""
    var parameters: [Parameter] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 4 * interpolationCount)
    }

    public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

    /// A value, as `$n`.
    public mutating func appendInterpolation(_ value: some PostgresEncodable) {
      parameters.append(value.postgresParameter)
      text += "$\(parameters.count)"
    }

    /// A value or NULL. Labelled, because the compiler warns of optionals without one.
    public mutating func appendInterpolation(optional value: (some PostgresElement)?) {
      appendInterpolation(value)
    }

    /// A name, quoted (a schema or table that the program chose).
    public mutating func appendInterpolation(identifier name: String) {
      text += Self.quoted(name)
    }

    /// A whole number, as digits in the text: COPY takes no parameters.
    public mutating func appendInterpolation(number: Int64) { text += String(number) }

    /// Text that stands in the program's source.
    public mutating func appendInterpolation(literal: StaticString) {
      text += literal.description
    }

    private static func quoted(_ name: String) -> String {
      var out = "\""
      for character in name.unicodeScalars where character != "\0" {
        if character == "\"" { out += "\"\"" } else { out.unicodeScalars.append(character) }
      }
      return out + "\""
    }
  }
}

/// One parameter in PostgreSQL's binary form, or as text for types that have no simple one.
public struct Parameter: Sendable, Hashable {
  /// The type's OID; 0 lets the server infer it.
  public let type: UInt32
  /// Nil is NULL.
  public let bytes: [UInt8]?
  public let isBinary: Bool

  public init(type: UInt32, bytes: [UInt8]?, isBinary: Bool = true) {
    self.type = type
    self.bytes = bytes
    self.isBinary = isBinary
  }
}

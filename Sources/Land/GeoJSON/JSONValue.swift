/// A JSON value (RFC 8259) with every number's text kept as it was received.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The text of a string; nil for anything else.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number; nil for anything else, a string of digits too (the EU system reads `"3"` as 0).
  public var number: JSONNumber? {
    if case .number(let number) = self { number } else { nil }
  }
}

/// A JSON number: the double nearest to it, and the text it was read from.
///
/// The text tells how many decimals a surveyor wrote, which the double has forgotten.
public struct JSONNumber: Sendable, Hashable {
  public let value: Double
  public let text: String
  /// False for a number that was computed, or read from a file of binary numbers: then the text
  /// is ours, and its missing zeros say nothing of the survey.
  public let isReceived: Bool

  init(value: Double, text: String) {
    self.value = value
    self.text = text
    self.isReceived = true
  }

  /// A number that was computed, with the shortest text that reads back as the same double.
  public init(_ value: Double) {
    self.value = value
    self.text = value.isFinite ? DecimalText(value).plain : value.description
    self.isReceived = false
  }

  /// Digits after the decimal point as received, trailing zeros counted; an exponent moves
  /// the point (`1.25e1` has one).
  public var decimals: Int {
    var fraction = 0
    var exponent = 0
    var sign = 1
    enum Part {
      case whole
      case fraction
      case exponent
    }
    var part = Part.whole
    for byte in text.utf8 {
      switch (byte, part) {
      case (UInt8(ascii: "."), _): part = .fraction
      case (UInt8(ascii: "e"), _), (UInt8(ascii: "E"), _): part = .exponent
      case (UInt8(ascii: "-"), .exponent): sign = -1
      case (0x30...0x39, .fraction): fraction += 1
      case (0x30...0x39, .exponent): exponent = min(exponent * 10 + Int(byte - 0x30), 1_000)
      default: break
      }
    }
    return max(0, fraction - sign * exponent)
  }
}

/// A mass in whole grams, never negative; at most 10¹⁵ g (a thousand million tonnes), so that sums
/// of any lots a ledger can hold stay within `Int64`.
public struct Grams: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  public static let limit: Int64 = 1_000_000_000_000_000
  public static let zero = Grams(unchecked: 0)

  public let value: Int64

  public init(_ value: Int64) throws(InvalidValue) {
    guard (0...Self.limit).contains(value) else {
      throw InvalidValue(expected: "mass in grams (0 to \(Self.limit))", value: "\(value)")
    }
    self.value = value
  }

  private init(unchecked value: Int64) { self.value = value }

  /// The sum; throws where it passes the limit.
  public func adding(_ other: Grams) throws(InvalidValue) -> Grams {
    try Grams(value + other.value)
  }

  /// What is left, or nil where `other` is more than there is.
  public func subtracting(_ other: Grams) -> Grams? {
    other.value <= value ? Grams(unchecked: value - other.value) : nil
  }

  public static func < (left: Grams, right: Grams) -> Bool { left.value < right.value }

  /// Kilograms with no more decimals than needed, `12.5 kg`: three would read as thousands.
  public var description: String {
    var text = kilograms
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + " kg"
  }

  /// Kilograms as an exact decimal with three decimals: `12.500`.
  public var kilograms: String { Self.kilograms(value) }

  /// `12.5 kg`, of a figure that may be no mass: then in grams.
  public static func text(_ grams: Int64) -> String {
    (try? Grams(grams))?.description ?? "\(grams) g"
  }

  /// Kilograms to the gram, with a sign where below zero, of a figure that may be no mass.
  public static func kilograms(_ grams: Int64) -> String {
    let fraction = String(grams.magnitude % 1_000)
    return (grams < 0 ? "-" : "") + "\(grams.magnitude / 1_000)."
      + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(Int64.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension Sequence<Grams> {
  /// The sum of all; throws where it passes `Grams.limit`.
  public func total() throws(InvalidValue) -> Grams {
    var sum = Grams.zero
    for mass in self { sum = try sum.adding(mass) }
    return sum
  }
}

/// An amount of money in minor units (céntimos) with its ISO 4217 currency.
public struct Money: Sendable, Hashable, Codable {
  public let minorUnits: Int64
  public let currency: String

  public init(minorUnits: Int64, currency: String) throws(InvalidValue) {
    guard minorUnits >= 0, currency.utf8.count == 3,
      currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { throw InvalidValue(expected: "amount of money", value: "\(minorUnits) \(currency)") }
    self.minorUnits = minorUnits
    self.currency = currency
  }
}

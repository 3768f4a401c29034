/// A value that a person or a file gave and that is not of its form.
public struct InvalidValue: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was expected, in the words of the field: `lot code`, `grams`.
  public let expected: String
  /// What came, clipped to 80 characters.
  public let value: String

  public init(expected: String, value: String) {
    self.expected = expected
    self.value = String(value.prefix(80))
  }

  public var description: String { "not a valid \(expected): «\(value)»" }
}

/// Says what a `Code` names; its `label` appears in errors.
public protocol CodeKind: Sendable {
  static var label: String { get }
  /// The longest text, in UTF-8 bytes.
  static var byteLimit: Int { get }
}

extension CodeKind {
  public static var byteLimit: Int { 64 }
}

/// A short identifier given by people: 1 to 64 UTF-8 bytes (a finding's up to 160) of letters,
/// digits and `- _ . /`.
///
/// Codes are compared byte by byte: `aco-1` and `ACO-1` are two codes.
public struct Code<Kind: CodeKind>: Sendable, Hashable, Comparable, Codable,
  CustomStringConvertible
{
  public let text: String

  public init(_ text: String) throws(InvalidValue) {
    guard (1...Kind.byteLimit).contains(text.utf8.count),
      text.unicodeScalars.allSatisfy(Self.allows)
    else {
      throw InvalidValue(expected: Kind.label, value: text)
    }
    self.text = text
  }

  private static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "_", ".", "/", "0"..."9", "A"..."Z", "a"..."z": true
    default: scalar.value > 0x7F && (scalar.properties.isAlphabetic)
    }
  }

  public var description: String { text }

  // Swift's `==` on texts takes composed and decomposed accents for equal; the ledger's streams
  // and its tables compare bytes, so codes do too.
  public static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

public enum OrganisationKindTag: CodeKind { public static let label = "organisation code" }
public enum ProducerKindTag: CodeKind { public static let label = "producer code" }
public enum PlotKindTag: CodeKind { public static let label = "plot code" }
public enum LotKindTag: CodeKind { public static let label = "lot code" }
public enum ShipmentKindTag: CodeKind { public static let label = "shipment code" }
public enum TankKindTag: CodeKind { public static let label = "tank code" }
public enum StatementKindTag: CodeKind { public static let label = "statement code" }
public enum DatasetKindTag: CodeKind { public static let label = "dataset name" }
public enum FindingKindTag: CodeKind {
  public static let label = "finding code"
  /// Made from the kind, the subject's code and a version.
  public static let byteLimit = 160
}
public enum ProductKindTag: CodeKind { public static let label = "product code" }
public enum ProcessKindTag: CodeKind { public static let label = "process code" }
public enum SchemeKindTag: CodeKind { public static let label = "scheme code" }
public enum CauseKindTag: CodeKind { public static let label = "cause code" }

public typealias OrganisationCode = Code<OrganisationKindTag>
public typealias ProducerCode = Code<ProducerKindTag>
public typealias PlotCode = Code<PlotKindTag>
public typealias LotCode = Code<LotKindTag>
public typealias ShipmentCode = Code<ShipmentKindTag>
public typealias TankCode = Code<TankKindTag>
public typealias StatementCode = Code<StatementKindTag>
public typealias DatasetName = Code<DatasetKindTag>
public typealias FindingCode = Code<FindingKindTag>
public typealias ProductCode = Code<ProductKindTag>
public typealias ProcessCode = Code<ProcessKindTag>
public typealias SchemeCode = Code<SchemeKindTag>
public typealias CauseCode = Code<CauseKindTag>

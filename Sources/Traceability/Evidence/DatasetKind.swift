/// What question a dataset answers, by a code of `dataset_kinds.json`: `forest-2020`.
///
/// A kind that this program does not know is no error: a policy may ask for it all the same.
public struct DatasetKind: RawRepresentable, Sendable, Hashable, Codable, Comparable {
  public let rawValue: String

  /// Forest at the baseline.
  public static let forest2020 = DatasetKind(known: "forest-2020")
  /// Year of tree-cover loss.
  public static let lossYear = DatasetKind(known: "loss-year")

  /// Outlines of districts: they say where a plot lies and are no evidence of land cover.
  public static let district = DatasetKind(known: "district")

  /// Water, land under buildings and roads, and height above the sea (check G12).
  static let water = DatasetKind(known: "water")
  static let builtUp = DatasetKind(known: "built-up")
  public static let elevation = DatasetKind(known: "elevation")

  private init(known code: String) { rawValue = code }

  /// Nil unless it is 1 to 40 of the characters a–z, 0–9 and `-`.
  public init?(rawValue: String) {
    guard (1...40).contains(rawValue.utf8.count),
      rawValue.utf8.allSatisfy({ byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      })
    else { return nil }
    self.rawValue = rawValue
  }

  public static func < (left: DatasetKind, right: DatasetKind) -> Bool {
    left.rawValue < right.rawValue
  }
}

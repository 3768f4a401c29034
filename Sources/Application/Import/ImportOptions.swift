public import Traceability
public import ValueTypes

/// How files are to be taken.
public struct ImportOptions: Sendable {
  /// Takes a file's good rows and writes the bad ones to a file of rejects.
  public var skipBad = false
  /// What every file is, where its name and columns do not say.
  public var kind: FileKind?
  /// ISO 3166-1 alpha-2, for plots whose file names no country.
  public var country: String?
  /// For plots whose file names no producer.
  public var producer: String?
  /// Local time minus UTC where a file gives no zone; −300 in Peru.
  public var offsetMinutes = -300
  /// Who answers for the records.
  public var recordedBy: String
  /// Where rejects go; beside the file where nil.
  public var rejectsFolder: String?
  /// Producers who have given a new consent since their personal data were erased.
  public var newConsent: Set<ProducerCode> = []
  /// Why plots that are known come with another outline; without a reason they are refused.
  public var correction: String?
  /// The moment of the import, for what has no date of its own.
  public var now: Timestamp

  public init(recordedBy: String, now: Timestamp) {
    self.recordedBy = recordedBy
    self.now = now
  }
}

/// A file is larger than is read at once.
public enum ImportLimits {
  /// Bytes of one file of rows or outlines.
  public static let fileBytes = 256 * 1_024 * 1_024
  /// Problems listed for one file; the rest are counted.
  public static let listedProblems = 10_000
  /// Times a file is decided again because somebody else wrote to the same streams.
  public static let attempts = 5
}

public import Traceability

/// Which findings to list.
public struct FindingFilter: Sendable {
  public static let limitMaximum = 500
  public var status: FindingStatus?
  public var kind: FindingKind?
  /// A plot, lot or shipment that the finding touches.
  public var subject: StreamKey?
  public var assignee: String?
  /// Findings with a code after this one.
  public var after: FindingCode?
  public var limit = 100

  public init() {}
}

/// One finding as a list shows it.
public struct FindingSummary: Sendable, Encodable {
  public let code: FindingCode
  public let kind: FindingKind
  public let severity: FindingSeverity
  public let status: FindingStatus
  public let subjects: [StreamKey]
  public let figures: [String: String]
  public let assignee: String?
  /// By when it is to be reviewed, `YYYY-MM-DD`.
  public let due: String?
  public let reviewer: String?
}

public struct FindingPage: Sendable, Encodable {
  public let findings: [FindingSummary]
  /// The code to go on after; nil on the last page.
  public let next: FindingCode?
}

/// One finding with its history and all that its doubt holds back.
public struct FindingDetail: Sendable, Encodable {
  public let finding: FindingRaised
  public let status: FindingStatus
  public let assignment: FindingAssigned?
  public let review: FindingReviewed?
  public let reopenings: [FindingReopened]
  public let history: [HistoryEntry]
  /// True while it holds the verdict of all below.
  public let holds: Bool
  public let lots: [LotCode]
  public let shipments: [ShipmentCode]
}

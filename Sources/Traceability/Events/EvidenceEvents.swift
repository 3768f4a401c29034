public import ValueTypes

/// A policy enters the ledger with its whole text, so that a stranger can judge by it again.
public struct PolicyRegistered: Sendable, Hashable, Codable {
  public let name: String
  public let version: String
  /// The policy file's exact text (JSON).
  public let text: String
  public let digest: SHA256Digest

  public init(name: String, version: String, text: String, digest: SHA256Digest) {
    self.name = name
    self.version = version
    self.text = text
    self.digest = digest
  }
}

/// What a doubt is about; its figures are named in `docs/events.md`.
public enum FindingKind: String, Sendable, Hashable, Codable, CaseIterable {
  case forestLossAfterCutOff = "forest-loss-after-cut-off"
  case treeCoverAtCutOff = "tree-cover-at-cut-off"
  case plotOverlap = "plot-overlap"
  case areaDiffers = "area-differs"
  case receiptDiffers = "receipt-differs"
  case conversionOutOfRange = "conversion-out-of-range"
  case yieldAboveArea = "yield-above-area"
  case deliveredLate = "delivered-late"
  case recordedLate = "recorded-late"
  case massImpossible = "mass-impossible"
  case actsContradict = "acts-contradict"
  case dispatchNotReceived = "dispatch-not-received"
  case plotOnWater = "plot-on-water"
  case plotOnBuiltUp = "plot-on-built-up"
  case plotOutsideAltitude = "plot-outside-altitude"
  case raisedByPerson = "raised-by-person"
  case lossOutOfRange = "loss-out-of-range"
  case beforeFirstBearing = "before-first-bearing"
  case outsideSeason = "outside-season"
  case manyBuyers = "many-buyers"
  case allAtCap = "all-at-cap"
  case moreThanVehiclesCarry = "more-than-vehicles-carry"
  case moreThanHoursAllow = "more-than-hours-allow"
  case emptiedWithLoss = "emptied-with-loss"
}

extension FindingKind {
  /// Found by a look over many streams (`PatternSearch`), never by one act.
  public var isPattern: Bool {
    switch self {
    case .manyBuyers, .allAtCap, .moreThanVehiclesCarry, .moreThanHoursAllow: true
    default: false
    }
  }
}

extension FindingCode {
  /// True where it has the form `kind/subject's kind/subject's code/version`, of a kind that
  /// deciding raises by itself. People's findings have other codes, so that none stands in the
  /// place of the program's.
  public var isOfProgram: Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 4, let kind = FindingKind(rawValue: String(parts[0])) else { return false }
    return kind != .plotOverlap && kind != .raisedByPerson
      && StreamKind(rawValue: String(parts[1])) != nil
  }
}

extension FindingRaised {
  static let subjectKinds: Set<StreamKind> = [.plot, .lot, .shipment]
}

public enum FindingSeverity: String, Sendable, Hashable, Codable {
  /// Holds the verdict of all it touches until a person has reviewed it.
  case doubt
  /// Shown, but holds nothing back.
  case notice
}

public struct FindingRaised: Sendable, Hashable, Codable {
  public let finding: FindingCode
  public let kind: FindingKind
  public let severity: FindingSeverity
  /// The plots, lots or shipments it touches.
  public let subjects: [StreamKey]
  /// The events it rests on.
  public let restsOn: [EventReference]
  public let figures: [String: String]

  public init(
    finding: FindingCode, kind: FindingKind, severity: FindingSeverity, subjects: [StreamKey],
    restsOn: [EventReference], figures: [String: String]
  ) {
    self.finding = finding
    self.kind = kind
    self.severity = severity
    self.subjects = subjects
    self.restsOn = restsOn
    self.figures = figures
  }
}

public enum ReviewOutcome: String, Sendable, Hashable, Codable {
  /// The doubt was right: what it touches stays barred.
  case upheld
  /// The doubt was answered with evidence.
  case dismissed
}

public struct FindingReviewed: Sendable, Hashable, Codable {
  public let finding: FindingCode
  public let outcome: ReviewOutcome
  /// Who answers for the review, by name or code.
  public let reviewer: String
  public let reason: String
  /// SHA-256 of photographs, field reports or documents.
  public let evidence: [SHA256Digest]
  /// For whom the reviewer acts.
  public let organisation: OrganisationCode?

  public init(
    finding: FindingCode, outcome: ReviewOutcome, reviewer: String, reason: String,
    evidence: [SHA256Digest], organisation: OrganisationCode? = nil
  ) {
    self.organisation = organisation
    self.finding = finding
    self.outcome = outcome
    self.reviewer = reviewer
    self.reason = reason
    self.evidence = evidence
  }
}

/// Where a finding stands.
public enum FindingStatus: String, Sendable, Hashable, Codable, CaseIterable {
  case open, assigned, upheld, dismissed
}

/// A finding is given to a person to look at.
public struct FindingAssigned: Sendable, Hashable, Codable {
  public let finding: FindingCode
  /// By name or code.
  public let assignee: String
  public let by: String
  /// By when it is to be reviewed.
  public let due: CivilDate?

  public init(finding: FindingCode, assignee: String, by: String, due: CivilDate? = nil) {
    self.finding = finding
    self.assignee = assignee
    self.by = by
    self.due = due
  }
}

/// A review counts no longer: the doubt stands again until it is reviewed anew.
public struct FindingReopened: Sendable, Hashable, Codable {
  public let finding: FindingCode
  public let by: String
  public let reason: String
  /// SHA-256 of what was found since.
  public let evidence: [SHA256Digest]

  public init(
    finding: FindingCode, by: String, reason: String, evidence: [SHA256Digest] = []
  ) {
    self.finding = finding
    self.by = by
    self.reason = reason
    self.evidence = evidence
  }
}

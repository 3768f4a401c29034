/// What can be said of a plot, a lot or a shipment under a policy; worse is greater.
public enum Verdict: String, Sendable, Hashable, Codable, Comparable, CaseIterable {
  case deforestationFree = "deforestation-free"
  case insufficientEvidence = "insufficient-evidence"
  case notCompliant = "not-compliant"

  private var rank: Int {
    switch self {
    case .deforestationFree: 0
    case .insufficientEvidence: 1
    case .notCompliant: 2
    }
  }

  public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
}

/// One thing that keeps a subject from being proven.
public struct Reason: Sendable, Hashable, Codable {
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    case plotUnknown = "plot-unknown"
    case lotUnknown = "lot-unknown"
    case producerUnknown = "producer-unknown"
    case producerDiffers = "producer-differs"
    case pointTooLarge = "point-too-large"
    case notAssessed = "not-assessed"
    case assessmentOfOtherGeometry = "assessment-of-other-geometry"
    case datasetMissing = "dataset-missing"
    case datasetUnknown = "dataset-unknown"
    case outsideMap = "outside-map"
    case forestLossAfterCutOff = "forest-loss-after-cut-off"
    case treeCoverAtCutOff = "tree-cover-at-cut-off"
    case tenureMissing = "tenure-missing"
    case ruleBroken = "rule-broken"
    case openFinding = "open-finding"
    case findingUpheld = "finding-upheld"
    case unknownOrigin = "unknown-origin"
    case chainBroken = "chain-broken"
    case massDoesNotClose = "mass-does-not-close"
    case nothingLoaded = "nothing-loaded"
    case lotVoided = "lot-voided"
    /// Acts took more than the lot ever held, as a correction shows.
    case massLacking = "mass-lacking"
    case massBalance = "mass-balance"
  }

  public let code: Code
  /// The worst verdict that this reason allows.
  public let verdict: Verdict
  public let subject: StreamKey
  /// Numbers and codes that the wording names.
  public let figures: [String: String]
  /// The events it rests on.
  public let restsOn: [EventReference]

  public init(
    _ code: Code, _ verdict: Verdict, _ subject: StreamKey, figures: [String: String] = [:],
    restsOn: [EventReference] = []
  ) {
    self.code = code
    self.verdict = verdict
    self.subject = subject
    self.figures = figures
    self.restsOn = restsOn
  }
}

/// A verdict with its reasons, under a named policy.
public struct Judgement: Sendable, Hashable, Codable {
  public let subject: StreamKey
  public let policyName: String
  public let policyVersion: String
  public let verdict: Verdict
  /// Sorted by subject, then code; empty only for `deforestation-free`.
  public let reasons: [Reason]

  public init(subject: StreamKey, policy: Policy, reasons: [Reason]) {
    self.subject = subject
    policyName = policy.name
    policyVersion = policy.version
    verdict = reasons.map(\.verdict).max() ?? .deforestationFree
    self.reasons = reasons.sorted {
      ($0.subject, $0.code.rawValue, $0.restsOn.first?.description ?? "")
        < ($1.subject, $1.code.rawValue, $1.restsOn.first?.description ?? "")
    }
  }
}

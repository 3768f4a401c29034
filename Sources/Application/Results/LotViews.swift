public import Traceability

/// One line of the list of lots.
public struct LotSummary: Sendable, Hashable, Codable {
  public let code: LotCode
  public let product: ProductCode
  /// `organisation:ACO` or `producer:P-0001`.
  public let holder: String
  /// How it came into being: harvest, purchase, blend, split, process, tap.
  public let origin: String
  /// RFC 3339, UTC.
  public let createdAt: String
  public let createdGrams: Int64
  /// What is left.
  public let grams: Int64
  public let inTransitTo: String?
  public let verdict: Verdict
}

/// Which lots to list; nil asks for all.
public struct LotFilter: Sendable, Hashable {
  /// Part of a code.
  public var text: String?
  public var verdict: Verdict?
  public var product: ProductCode?
  /// The last code of the page before.
  public var after: LotCode?
  /// 1 to `LotFilter.limitMaximum`.
  public var limit: Int

  public static let limitMaximum = 500

  public init(
    text: String? = nil, verdict: Verdict? = nil, product: ProductCode? = nil,
    after: LotCode? = nil, limit: Int = 50
  ) {
    self.text = text
    self.verdict = verdict
    self.product = product
    self.after = after
    self.limit = limit
  }
}

/// A page of lots, by code; `next` is the cursor of the next page.
public struct LotPage: Sendable, Hashable, Codable {
  public let lots: [LotSummary]
  public let next: LotCode?
}

/// How many lots stand at each verdict.
public struct VerdictCounts: Sendable, Hashable, Codable {
  public let deforestationFree: Int
  public let insufficientEvidence: Int
  public let notCompliant: Int

  public var total: Int { deforestationFree + insufficientEvidence + notCompliant }
}

/// One lot as it stands, with its verdict and what it came from and went into.
public struct LotDetail: Sendable, Hashable, Codable {
  public let lot: LotSummary
  public let judgement: Judgement
  public let inputs: [LotDraw]
  /// Mass that came without a known origin.
  public let unknownOriginGrams: Int64
  public let draws: [LotDrawn]
  public let history: [HistoryEntry]
  public let origins: [OriginShare]
  /// The statements over the shipments that it went into.
  public let statements: [ShipmentCode: StatementCode]
  /// What it is certified as, by scheme.
  public let certifications: [LotCertification]
  /// Of a lot out of a tank.
  public let tank: TankPassage?
}

/// One event of a stream, for people.
public struct HistoryEntry: Sendable, Hashable, Codable {
  public let position: Int64
  public let version: Int64
  public let type: String
  public let occurredAt: String
  public let recordedAt: String
  public let recordedBy: String
}

/// A plot's share in a lot's mass at its creation.
public struct OriginShare: Sendable, Hashable, Codable {
  /// Nil for mass of unknown origin.
  public let plot: PlotCode?
  public let grams: Int64
  public let verdict: Verdict
  public let producer: ProducerCode?
  /// Whether the producer's personal data were erased.
  public let producerErased: Bool
  public let district: String?
}

/// Upstream and downstream of a lot, a plot or a shipment.
public struct Trace: Sendable, Hashable, Codable {
  public struct Link: Sendable, Hashable, Codable {
    public let from: StreamKey
    public let into: StreamKey
    public let grams: Int64
  }

  public let subject: StreamKey
  public let upstreamLots: [LotCode]
  public let upstreamPlots: [PlotCode]
  public let downstreamLots: [LotCode]
  public let downstreamShipments: [ShipmentCode]
  /// Every draw between what is listed, and every harvest from a plot.
  public let links: [Link]
  /// Of a lot: grams by plot.
  public let origins: [OriginShare]
  /// Every draw-off from a tank among the lots that are listed.
  public let tanks: [TankPassage]
}

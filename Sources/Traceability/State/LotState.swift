public import ValueTypes

/// How a lot came into being; kept whole, because the verdict is derived from it.
public enum LotOrigin: Sendable, Hashable {
  case harvested(LotHarvested)
  case purchased(LotPurchased)
  case blended(LotBlended)
  case split(LotSplit)
  case processed(LotProcessed)

  public var product: ProductCode {
    switch self {
    case .harvested(let event): event.product
    case .purchased(let event): event.product
    case .blended(let event): event.product
    case .split(let event): event.product
    case .processed(let event): event.product
    }
  }

  public var grams: Grams {
    switch self {
    case .harvested(let event): event.grams
    case .purchased(let event): event.grams
    case .blended(let event): event.grams
    case .split(let event): event.grams
    case .processed(let event): event.grams
    }
  }

  public var holder: Party {
    switch self {
    case .harvested(let event): .producer(event.producer)
    case .purchased(let event): .organisation(event.buyer)
    case .blended(let event): event.holder
    case .split(let event): event.holder
    case .processed(let event): .organisation(event.holder)
    }
  }

  /// The lots it was made from, with the mass each gave.
  public var inputs: [LotDraw] {
    switch self {
    case .harvested: []
    case .purchased(let event): event.inputs
    case .blended(let event): event.inputs
    case .split(let event): [LotDraw(lot: event.source, grams: event.grams)]
    case .processed(let event): event.inputs
    }
  }

  public var plot: PlotCode? {
    if case .harvested(let event) = self { event.plot } else { nil }
  }

  public var oldestHarvest: CivilDate? {
    switch self {
    case .harvested(let event): event.to
    case .purchased(let event): event.oldestHarvest
    case .blended(let event): event.oldestHarvest
    case .split(let event): event.oldestHarvest
    case .processed: nil
    }
  }
}

/// A lot as its stream tells it.
public struct LotState: Sendable, Hashable {
  public let code: LotCode
  public let origin: LotOrigin
  /// When the founding act happened.
  public let createdAt: Timestamp
  public internal(set) var holder: Party
  public internal(set) var grams: Grams
  public internal(set) var unknownOriginGrams: Grams
  /// Set while the lot is on its way.
  public internal(set) var transit: LotDispatched?
  public internal(set) var draws: [LotDrawn] = []
  public internal(set) var dispatches: [Dated<LotDispatched>] = []
  public internal(set) var receipts: [Dated<LotReceived>] = []
  public internal(set) var rejections: [Dated<LotRejected>] = []
  public internal(set) var adjustments: [Dated<LotAdjusted>] = []

  public var product: ProductCode { origin.product }
  public var stream: StreamKey { .lot(code) }

  init(code: LotCode, origin: LotOrigin, createdAt: Timestamp) {
    self.code = code
    self.origin = origin
    self.createdAt = createdAt
    holder = origin.holder
    grams = origin.grams
    if case .purchased(let event) = origin {
      unknownOriginGrams = event.unknownOriginGrams
    } else {
      unknownOriginGrams = .zero
    }
  }
}

/// A fact with the moment it happened and its version: what an act repeated is compared with.
public struct Dated<Value: Sendable & Hashable>: Sendable, Hashable {
  public let value: Value
  public let occurredAt: Timestamp
  public let version: Int64

  public init(_ value: Value, at occurredAt: Timestamp, version: Int64) {
    self.value = value
    self.occurredAt = occurredAt
    self.version = version
  }

  func isSame(_ other: Value, at moment: Timestamp) -> Bool {
    value == other && occurredAt == moment
  }
}

public import ValueTypes

/// A lot as its stream tells it: its acts in the order in which they happened, with every
/// correction in the place of what it corrects.
///
/// An act that is recorded late takes its place by `occurredAt`; the log's order stays.
public struct LotState: Sendable, Hashable {
  public let code: LotCode
  public internal(set) var origin: LotOrigin
  /// When the founding act happened.
  public let createdAt: Timestamp
  public internal(set) var holder: Party
  public internal(set) var unknownOriginGrams: Grams
  /// Set while the lot is on its way.
  public internal(set) var transit: LotDispatched?
  public internal(set) var draws: [LotDrawn] = []
  public internal(set) var dispatches: [Dated<LotDispatched>] = []
  public internal(set) var receipts: [Dated<LotReceived>] = []
  public internal(set) var rejections: [Dated<LotRejected>] = []
  public internal(set) var adjustments: [Dated<LotAdjusted>] = []
  public internal(set) var downgrades: [Dated<LotDowngraded>] = []
  public internal(set) var corrections: [Dated<LotCorrected>] = []
  /// True where a late act or a correction changed what earlier acts came to.
  public internal(set) var isRederived = false
  /// True where the founding act never happened.
  public internal(set) var isVoided = false
  /// What acts took beyond what the lot held, at the worst moment; 0 unless corrected.
  public internal(set) var deficitGrams: Int64 = 0
  /// Versions of acts that cannot have happened where they stand: drawn while on its way, say.
  public internal(set) var contradictions: [Int64] = []
  /// Version and origin of the founding event as it was recorded.
  let foundingVersion: Int64
  let recordedOrigin: LotOrigin
  /// In the log's order.
  var facts: [LotFact] = []
  /// The place of the last act.
  var latest: Int64
  /// What the lot holds by its books; below zero where more was taken than there was.
  public internal(set) var balance: Int64

  public var grams: Grams { Self.mass(balance) }

  /// As recorded and as corrected: what an act given again is compared with.
  var everyDispatch: [Dated<LotDispatched>] {
    dispatches
      + facts.compactMap {
        if case .dispatched(let event) = $0.act { $0.dated(event) } else { nil }
      }
  }

  var everyReceipt: [Dated<LotReceived>] {
    receipts
      + facts.compactMap {
        if case .received(let event) = $0.act { $0.dated(event) } else { nil }
      }
  }

  var everyAdjustment: [Dated<LotAdjusted>] {
    adjustments
      + facts.compactMap {
        if case .adjusted(let event) = $0.act { $0.dated(event) } else { nil }
      }
  }

  /// Every way in which the lot is or was said to have come into being.
  public var everyOrigin: [LotOrigin] {
    guard !corrections.isEmpty else { return [origin] }
    return [recordedOrigin] + corrections.compactMap(\.value.founding)
  }

  /// What counts found above the books; past all bounds the greatest number.
  public var foundGrams: Int64 {
    adjustments.reduce(0) { Self.sum($0, $1.value.unknownOriginGrams.value) }
  }

  public var product: ProductCode { origin.product }
  public var stream: StreamKey { .lot(code) }

  init(code: LotCode, origin: LotOrigin, createdAt: Timestamp, version: Int64) {
    self.code = code
    self.origin = origin
    self.createdAt = createdAt
    foundingVersion = version
    recordedOrigin = origin
    latest = createdAt.microseconds
    holder = origin.holder
    balance = origin.grams.value
    unknownOriginGrams = origin.unknownOriginGrams
  }

  /// A mass of at least zero, and at most the limit.
  static func mass(_ grams: Int64) -> Grams {
    (try? Grams(min(max(grams, 0), Grams.limit))) ?? .zero
  }
}

extension LotOrigin {
  /// The same act with nothing in it: it never happened.
  var emptied: LotOrigin {
    switch self {
    case .harvested(let event):
      .harvested(
        LotHarvested(
          lot: event.lot, plot: event.plot, producer: event.producer, product: event.product,
          grams: .zero, from: event.from, to: event.to, certification: event.certification))
    case .purchased(let event):
      .purchased(
        LotPurchased(
          lot: event.lot, buyer: event.buyer, seller: event.seller, product: event.product,
          grams: .zero, inputs: [], unknownOriginGrams: .zero, price: event.price,
          receipt: event.receipt, oldestHarvest: event.oldestHarvest,
          certification: event.certification))
    case .blended(let event):
      .blended(
        LotBlended(
          lot: event.lot, holder: event.holder, product: event.product, grams: .zero,
          inputs: [], oldestHarvest: event.oldestHarvest))
    case .split(let event):
      .split(
        LotSplit(
          lot: event.lot, holder: event.holder, product: event.product, grams: .zero,
          source: event.source, oldestHarvest: event.oldestHarvest))
    case .processed(let event):
      .processed(
        LotProcessed(
          lot: event.lot, holder: event.holder, process: event.process, product: event.product,
          grams: .zero, inputs: [], outputs: [], lossGrams: .zero))
    // What came out of a tank is corrected at the tank.
    case .tapped: self
    }
  }

  /// Mass for which no lot was named.
  var unknownOriginGrams: Grams {
    if case .purchased(let event) = self { event.unknownOriginGrams } else { .zero }
  }
}

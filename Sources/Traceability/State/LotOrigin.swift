public import ValueTypes

/// How a lot came into being; kept whole, because the verdict is derived from it.
public enum LotOrigin: Sendable, Hashable {
  case harvested(LotHarvested)
  case purchased(LotPurchased)
  case blended(LotBlended)
  case split(LotSplit)
  case processed(LotProcessed)
  case tapped(LotTapped)

  public var product: ProductCode {
    switch self {
    case .harvested(let event): event.product
    case .purchased(let event): event.product
    case .blended(let event): event.product
    case .split(let event): event.product
    case .processed(let event): event.product
    case .tapped(let event): event.product
    }
  }

  public var grams: Grams {
    switch self {
    case .harvested(let event): event.grams
    case .purchased(let event): event.grams
    case .blended(let event): event.grams
    case .split(let event): event.grams
    case .processed(let event): event.grams
    case .tapped(let event): event.grams
    }
  }

  public var holder: Party {
    switch self {
    case .harvested(let event): .producer(event.producer)
    case .purchased(let event): .organisation(event.buyer)
    case .blended(let event): event.holder
    case .split(let event): event.holder
    case .processed(let event): .organisation(event.holder)
    case .tapped(let event): .organisation(event.holder)
    }
  }

  /// The lots it was made from, with the mass each gave. Of a lot out of a tank only the tank's
  /// stream tells: see `World.inputs(of:)`, which answers for every lot.
  public var inputs: [LotDraw] {
    switch self {
    case .harvested, .tapped: []
    case .purchased(let event): event.inputs
    case .blended(let event): event.inputs
    case .split(let event):
      event.grams > .zero ? [LotDraw(lot: event.source, grams: event.grams)] : []
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
    case .processed, .tapped: nil
    }
  }
}

extension LotOrigin {
  /// Without the day that follows from its inputs, which may have been corrected since.
  var undated: LotOrigin {
    switch self {
    case .harvested, .processed, .tapped: self
    case .purchased(let event):
      .purchased(
        LotPurchased(
          lot: event.lot, buyer: event.buyer, seller: event.seller, product: event.product,
          grams: event.grams, inputs: event.inputs, unknownOriginGrams: event.unknownOriginGrams,
          price: event.price, receipt: event.receipt, oldestHarvest: nil,
          certification: event.certification))
    case .blended(let event):
      .blended(
        LotBlended(
          lot: event.lot, holder: event.holder, product: event.product, grams: event.grams,
          inputs: event.inputs, oldestHarvest: nil))
    case .split(let event):
      .split(
        LotSplit(
          lot: event.lot, holder: event.holder, product: event.product, grams: event.grams,
          source: event.source, oldestHarvest: nil))
    }
  }
}

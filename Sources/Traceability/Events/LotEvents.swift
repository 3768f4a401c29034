public import ValueTypes

/// A quantity taken from one lot into another lot or a shipment.
public struct LotDraw: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let grams: Grams

  public init(lot: LotCode, grams: Grams) {
    self.lot = lot
    self.grams = grams
  }
}

/// A lot comes into being on a plot; its origin is that plot alone.
public struct LotHarvested: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let plot: PlotCode
  public let producer: ProducerCode
  public let product: ProductCode
  public let grams: Grams
  /// Time range of production (Regulation (EU) 2023/1115, Art. 9(1)(d)).
  public let from: CivilDate
  public let to: CivilDate
  /// What it is sold as, of a certified plot.
  public let certification: LotCertification?

  public init(
    lot: LotCode, plot: PlotCode, producer: ProducerCode, product: ProductCode, grams: Grams,
    from: CivilDate, to: CivilDate, certification: LotCertification? = nil
  ) {
    self.certification = certification
    self.lot = lot
    self.plot = plot
    self.producer = producer
    self.product = product
    self.grams = grams
    self.from = from
    self.to = to
  }
}

/// An organisation buys from one or several lots; the bought mass is a lot of its own.
public struct LotPurchased: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let buyer: OrganisationCode
  public let seller: Party
  public let product: ProductCode
  public let grams: Grams
  public let inputs: [LotDraw]
  /// Mass for which the seller names no lot; above 0 the lot is never proven.
  public let unknownOriginGrams: Grams
  public let price: Money?
  public let receipt: String?
  /// The earliest end of harvest among the inputs, where known.
  public let oldestHarvest: CivilDate?
  /// What the seller's papers say of the mass that comes without lots.
  public let certification: LotCertification?

  public init(
    lot: LotCode, buyer: OrganisationCode, seller: Party, product: ProductCode, grams: Grams,
    inputs: [LotDraw], unknownOriginGrams: Grams, price: Money?, receipt: String?,
    oldestHarvest: CivilDate?, certification: LotCertification? = nil
  ) {
    self.certification = certification
    self.lot = lot
    self.buyer = buyer
    self.seller = seller
    self.product = product
    self.grams = grams
    self.inputs = inputs
    self.unknownOriginGrams = unknownOriginGrams
    self.price = price
    self.receipt = receipt
    self.oldestHarvest = oldestHarvest
  }
}

/// Lots of one product and one holder are mixed for good.
public struct LotBlended: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let holder: Party
  public let product: ProductCode
  public let grams: Grams
  public let inputs: [LotDraw]
  public let oldestHarvest: CivilDate?

  public init(
    lot: LotCode, holder: Party, product: ProductCode, grams: Grams, inputs: [LotDraw],
    oldestHarvest: CivilDate?
  ) {
    self.lot = lot
    self.holder = holder
    self.product = product
    self.grams = grams
    self.inputs = inputs
    self.oldestHarvest = oldestHarvest
  }
}

/// A part of a lot becomes a lot of its own.
public struct LotSplit: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let holder: Party
  public let product: ProductCode
  public let grams: Grams
  public let source: LotCode
  public let oldestHarvest: CivilDate?

  public init(
    lot: LotCode, holder: Party, product: ProductCode, grams: Grams, source: LotCode,
    oldestHarvest: CivilDate?
  ) {
    self.lot = lot
    self.holder = holder
    self.product = product
    self.grams = grams
    self.source = source
    self.oldestHarvest = oldestHarvest
  }
}

/// One output of a process run: drying, milling. Every output carries the whole run, so that each
/// lot's evidence balances by itself.
public struct LotProcessed: Sendable, Hashable, Codable {
  public struct Output: Sendable, Hashable, Codable {
    public let lot: LotCode
    public let product: ProductCode
    public let grams: Grams

    public init(lot: LotCode, product: ProductCode, grams: Grams) {
      self.lot = lot
      self.product = product
      self.grams = grams
    }
  }

  public let lot: LotCode
  public let holder: OrganisationCode
  public let process: ProcessCode
  public let product: ProductCode
  public let grams: Grams
  public let inputs: [LotDraw]
  public let outputs: [Output]
  /// Inputs minus outputs: water, husk, effluent.
  public let lossGrams: Grams

  public init(
    lot: LotCode, holder: OrganisationCode, process: ProcessCode, product: ProductCode,
    grams: Grams, inputs: [LotDraw], outputs: [Output], lossGrams: Grams
  ) {
    self.lot = lot
    self.holder = holder
    self.process = process
    self.product = product
    self.grams = grams
    self.inputs = inputs
    self.outputs = outputs
    self.lossGrams = lossGrams
  }
}

/// What a draw was made for.
public enum DrawPurpose: String, Sendable, Hashable, Codable {
  case purchase, blend, split, process, load
  /// Refused on arrival: it goes back to the sender as a lot of its own.
  case returned
  /// Into a tank.
  case fill
}

/// Mass leaves a lot; recorded on the drawn lot in one commit with what it became.
public struct LotDrawn: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let grams: Grams
  /// What was left when it happened.
  public let remainingGrams: Grams
  public let purpose: DrawPurpose
  /// The lots or the shipment that the mass went into.
  public let into: [StreamKey]
  /// Of a draw left out when the act was recorded: the event whose correction brings it.
  public let corrects: EventReference?

  public init(
    lot: LotCode, grams: Grams, remainingGrams: Grams, purpose: DrawPurpose, into: [StreamKey],
    corrects: EventReference? = nil
  ) {
    self.corrects = corrects
    self.lot = lot
    self.grams = grams
    self.remainingGrams = remainingGrams
    self.purpose = purpose
    self.into = into
  }
}

/// The holder sends the whole lot on; until received it is in transit.
public struct LotDispatched: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let from: Party
  public let to: OrganisationCode
  public let grams: Grams
  /// Number of the waybill (guía de remisión).
  public let waybill: String?
  public let vehicle: String?

  public init(
    lot: LotCode, from: Party, to: OrganisationCode, grams: Grams, waybill: String?,
    vehicle: String?
  ) {
    self.lot = lot
    self.from = from
    self.to = to
    self.grams = grams
    self.waybill = waybill
    self.vehicle = vehicle
  }
}

/// The receiver weighs the lot and becomes its holder.
public struct LotReceived: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let by: OrganisationCode
  public let dispatchedGrams: Grams
  /// As weighed on arrival.
  public let weighedGrams: Grams
  /// What the lot holds from now on: the lesser of what was weighed and what was sent and not
  /// refused, for mass is never made by a scale.
  public let grams: Grams
  /// The part refused on arrival, as a lot that the sender holds again.
  public let returned: LotDraw?
  /// Why a part was refused.
  public let reason: String?

  public init(
    lot: LotCode, by: OrganisationCode, dispatchedGrams: Grams, weighedGrams: Grams, grams: Grams,
    returned: LotDraw? = nil, reason: String? = nil
  ) {
    self.lot = lot
    self.by = by
    self.dispatchedGrams = dispatchedGrams
    self.weighedGrams = weighedGrams
    self.grams = grams
    self.returned = returned
    self.reason = reason
  }
}

/// The receiver refuses the lot; the sender holds it again.
public struct LotRejected: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let by: OrganisationCode
  public let returnedTo: Party
  public let reason: String

  public init(lot: LotCode, by: OrganisationCode, returnedTo: Party, reason: String) {
    self.lot = lot
    self.by = by
    self.returnedTo = returnedTo
    self.reason = reason
  }
}

/// A stock count corrects a lot's mass. What is found above the books has no origin.
public struct LotAdjusted: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let holder: Party
  public let beforeGrams: Grams
  public let grams: Grams
  public let unknownOriginGrams: Grams
  public let reason: String
  public let cause: CauseCode?

  public init(
    lot: LotCode, holder: Party, beforeGrams: Grams, grams: Grams, unknownOriginGrams: Grams,
    reason: String, cause: CauseCode? = nil
  ) {
    self.cause = cause
    self.lot = lot
    self.holder = holder
    self.beforeGrams = beforeGrams
    self.grams = grams
    self.unknownOriginGrams = unknownOriginGrams
    self.reason = reason
  }
}

/// What somebody asks the ledger to take.
public enum Command: Sendable, Hashable {
  case registerOrganisation(OrganisationRegistered)
  case registerProducer(ProducerRegistered)
  case erasePersonalData(ProducerCode, reason: String?)
  case givePersonalData(PersonalDataGiven)
  case registerPlot(PlotRegistered)
  case correctGeometry(PlotGeometryCorrected)
  case documentTenure(PlotTenureDocumented)
  case registerDataset(DatasetRegistered)
  case supersedeDataset(DatasetSuperseded)
  case registerPolicy(PolicyRegistered)
  case recordAssessment(PlotAssessed)
  case harvest(Harvest)
  case purchase(Purchase)
  case blend(Blend)
  case split(Split)
  case process(ProcessRun)
  case dispatch(Dispatch)
  case receive(Receipt)
  case reject(Rejection)
  case adjust(Adjustment)
  case certifyPlot(PlotCertified)
  case downgrade(LotDowngraded)
  case registerTank(TankRegistered)
  case fillTank(TankFill)
  case tapTank(TankTap)
  case countTank(TankCount)
  case emptyTank(TankEmptying)
  case openShipment(ShipmentOpened)
  case load(Loading)
  case seal(holder: OrganisationCode, ShipmentSealed)
  case export(holder: OrganisationCode, ShipmentExported)
  case correct(Correction)
  /// Nobody has received the lot's dispatch for longer than `CustodyLimits.transitDays`.
  case noteOverdue(LotCode)
  case raiseFinding(FindingRaised)
  /// `raisedBy`: who raised it or recorded what it rests on.
  case reviewFinding(FindingReviewed, raisedBy: Set<String>)
  case assignFinding(FindingAssigned)
  case reopenFinding(FindingReopened)
  case registerCatalogue(CatalogueRegistered)
  case declareCapacity(CapacityDeclared)
  /// Of the program alone.
  case raisePattern(FindingRaised)

  public typealias Harvest = LotHarvested

  public struct Purchase: Sendable, Hashable {
    public var lot: LotCode
    public var buyer: OrganisationCode
    public var seller: Party
    public var product: ProductCode
    public var inputs: [LotDraw]
    public var unknownOriginGrams: Grams
    public var price: Money?
    public var receipt: String?
    public var certification: LotCertification?

    public init(
      lot: LotCode, buyer: OrganisationCode, seller: Party, product: ProductCode,
      inputs: [LotDraw], unknownOriginGrams: Grams = .zero, price: Money? = nil,
      receipt: String? = nil, certification: LotCertification? = nil
    ) {
      self.certification = certification
      self.lot = lot
      self.buyer = buyer
      self.seller = seller
      self.product = product
      self.inputs = inputs
      self.unknownOriginGrams = unknownOriginGrams
      self.price = price
      self.receipt = receipt
    }
  }

  public struct Blend: Sendable, Hashable {
    public var lot: LotCode
    public var holder: OrganisationCode
    public var inputs: [LotDraw]

    public init(lot: LotCode, holder: OrganisationCode, inputs: [LotDraw]) {
      self.lot = lot
      self.holder = holder
      self.inputs = inputs
    }
  }

  public struct Split: Sendable, Hashable {
    public var source: LotCode
    public var holder: OrganisationCode
    /// New lots with the mass that each takes.
    public var parts: [LotDraw]

    public init(source: LotCode, holder: OrganisationCode, parts: [LotDraw]) {
      self.source = source
      self.holder = holder
      self.parts = parts
    }
  }

  public struct ProcessRun: Sendable, Hashable {
    public var process: ProcessCode
    public var holder: OrganisationCode
    public var inputs: [LotDraw]
    public var outputs: [LotProcessed.Output]

    public init(
      process: ProcessCode, holder: OrganisationCode, inputs: [LotDraw],
      outputs: [LotProcessed.Output]
    ) {
      self.process = process
      self.holder = holder
      self.inputs = inputs
      self.outputs = outputs
    }
  }

  public struct Dispatch: Sendable, Hashable {
    public var lot: LotCode
    public var from: OrganisationCode
    public var to: OrganisationCode
    public var waybill: String?
    public var vehicle: String?
    /// Where only a part goes: the new lot that it becomes, and its mass.
    public var part: LotDraw?

    public init(
      lot: LotCode, from: OrganisationCode, to: OrganisationCode, waybill: String? = nil,
      vehicle: String? = nil, part: LotDraw? = nil
    ) {
      self.part = part
      self.lot = lot
      self.from = from
      self.to = to
      self.waybill = waybill
      self.vehicle = vehicle
    }
  }

  public struct Receipt: Sendable, Hashable {
    public var lot: LotCode
    public var by: OrganisationCode
    /// What is taken in; without what is refused.
    public var weighedGrams: Grams
    /// The part that is refused: the new lot that it becomes at the sender, and its mass.
    public var returned: LotDraw?
    /// Why a part is refused.
    public var reason: String?

    public init(
      lot: LotCode, by: OrganisationCode, weighedGrams: Grams, returned: LotDraw? = nil,
      reason: String? = nil
    ) {
      self.returned = returned
      self.reason = reason
      self.lot = lot
      self.by = by
      self.weighedGrams = weighedGrams
    }
  }

  public struct Rejection: Sendable, Hashable {
    public var lot: LotCode
    public var by: OrganisationCode
    public var reason: String

    public init(lot: LotCode, by: OrganisationCode, reason: String) {
      self.lot = lot
      self.by = by
      self.reason = reason
    }
  }

  public struct Adjustment: Sendable, Hashable {
    public var lot: LotCode
    public var holder: OrganisationCode
    /// What the count found.
    public var countedGrams: Grams
    public var reason: String
    public var cause: CauseCode?

    public init(
      lot: LotCode, holder: OrganisationCode, countedGrams: Grams, reason: String,
      cause: CauseCode? = nil
    ) {
      self.cause = cause
      self.lot = lot
      self.holder = holder
      self.countedGrams = countedGrams
      self.reason = reason
    }
  }

  public struct Loading: Sendable, Hashable {
    public var shipment: ShipmentCode
    public var holder: OrganisationCode
    public var lot: LotCode
    public var grams: Grams

    public init(
      shipment: ShipmentCode, holder: OrganisationCode, lot: LotCode, grams: Grams
    ) {
      self.shipment = shipment
      self.holder = holder
      self.lot = lot
      self.grams = grams
    }
  }
}

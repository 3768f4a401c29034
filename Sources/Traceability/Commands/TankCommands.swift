public import ValueTypes

extension Command {
  public struct TankFill: Sendable, Hashable {
    public var tank: TankCode
    public var holder: OrganisationCode
    public var inputs: [LotDraw]

    public init(tank: TankCode, holder: OrganisationCode, inputs: [LotDraw]) {
      self.tank = tank
      self.holder = holder
      self.inputs = inputs
    }
  }

  /// A draw-off: the lot is new.
  public struct TankTap: Sendable, Hashable {
    public var tank: TankCode
    public var holder: OrganisationCode
    public var lot: LotCode
    public var grams: Grams

    public init(tank: TankCode, holder: OrganisationCode, lot: LotCode, grams: Grams) {
      self.tank = tank
      self.holder = holder
      self.lot = lot
      self.grams = grams
    }
  }

  public struct TankCount: Sendable, Hashable {
    public var tank: TankCode
    public var holder: OrganisationCode
    /// What the count found.
    public var countedGrams: Grams
    public var reason: String
    public var cause: CauseCode?

    public init(
      tank: TankCode, holder: OrganisationCode, countedGrams: Grams, reason: String,
      cause: CauseCode? = nil
    ) {
      self.tank = tank
      self.holder = holder
      self.countedGrams = countedGrams
      self.reason = reason
      self.cause = cause
    }
  }

  public struct TankEmptying: Sendable, Hashable {
    public var tank: TankCode
    public var holder: OrganisationCode
    /// What is left by the books and gone; must be all of it.
    public var lossGrams: Grams
    public var measuredBy: String
    public var reason: String
    public var cause: CauseCode?
    public var evidence: [SHA256Digest]

    public init(
      tank: TankCode, holder: OrganisationCode, lossGrams: Grams = .zero, measuredBy: String,
      reason: String, cause: CauseCode? = nil, evidence: [SHA256Digest] = []
    ) {
      self.tank = tank
      self.holder = holder
      self.lossGrams = lossGrams
      self.measuredBy = measuredBy
      self.reason = reason
      self.cause = cause
      self.evidence = evidence
    }
  }
}

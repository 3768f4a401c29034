public import ValueTypes

/// What a tank's contents are kept in.
public enum TankForm: String, Sendable, Hashable, Codable, CaseIterable {
  case tank, silo
}

/// A tank or silo is taken into use, empty. What it should hold already is counted in
/// (`tank.counted`) and has no known origin.
public struct TankRegistered: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let holder: OrganisationCode
  /// The one product that it holds.
  public let product: ProductCode
  public let capacityGrams: Grams
  public let form: TankForm

  public init(
    tank: TankCode, holder: OrganisationCode, product: ProductCode, capacityGrams: Grams,
    form: TankForm
  ) {
    self.tank = tank
    self.holder = holder
    self.product = product
    self.capacityGrams = capacityGrams
    self.form = form
  }
}

/// Lots are poured in; recorded in one commit with `lot.drawn` on each of them.
public struct TankFilled: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let holder: OrganisationCode
  public let product: ProductCode
  public let grams: Grams
  public let inputs: [LotDraw]
  /// What the tank holds by its books from now on.
  public let holdsGrams: Grams

  public init(
    tank: TankCode, holder: OrganisationCode, product: ProductCode, grams: Grams,
    inputs: [LotDraw], holdsGrams: Grams
  ) {
    self.tank = tank
    self.holder = holder
    self.product = product
    self.grams = grams
    self.inputs = inputs
    self.holdsGrams = holdsGrams
  }
}

/// Events of a tank's stream, from one version to another, both included: all that came in
/// between them is declared as an origin.
public struct TankWindow: Sendable, Hashable, Codable, CustomStringConvertible {
  public let from: Int64
  public let to: Int64

  public init(from: Int64, to: Int64) {
    self.from = from
    self.to = to
  }

  public func contains(_ version: Int64) -> Bool { from <= version && version <= to }

  public var description: String { "\(from)–\(to)" }
}

/// Mass leaves a tank as a lot; recorded in one commit with `lot.tapped` on that lot.
public struct TankDrawn: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let lot: LotCode
  public let grams: Grams
  public let remainingGrams: Grams
  public let window: TankWindow

  public init(
    tank: TankCode, lot: LotCode, grams: Grams, remainingGrams: Grams, window: TankWindow
  ) {
    self.tank = tank
    self.lot = lot
    self.grams = grams
    self.remainingGrams = remainingGrams
    self.window = window
  }
}

/// A lot comes into being out of a tank. Its origins are all that the window holds: every fill
/// since the tank was last empty or, where those are more, the newest that together make 200 % of
/// the capacity.
public struct LotTapped: Sendable, Hashable, Codable {
  public let lot: LotCode
  public let tank: TankCode
  public let holder: OrganisationCode
  public let product: ProductCode
  public let grams: Grams
  public let window: TankWindow

  public init(
    lot: LotCode, tank: TankCode, holder: OrganisationCode, product: ProductCode, grams: Grams,
    window: TankWindow
  ) {
    self.lot = lot
    self.tank = tank
    self.holder = holder
    self.product = product
    self.grams = grams
    self.window = window
  }
}

/// A stock count corrects what a tank holds. What is found above the books has no origin, and
/// stays in the window until the tank has been empty or so much has passed through.
public struct TankCounted: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let holder: OrganisationCode
  public let beforeGrams: Grams
  public let grams: Grams
  public let unknownOriginGrams: Grams
  public let reason: String
  public let cause: CauseCode?

  public init(
    tank: TankCode, holder: OrganisationCode, beforeGrams: Grams, grams: Grams,
    unknownOriginGrams: Grams, reason: String, cause: CauseCode?
  ) {
    self.tank = tank
    self.holder = holder
    self.beforeGrams = beforeGrams
    self.grams = grams
    self.unknownOriginGrams = unknownOriginGrams
    self.reason = reason
    self.cause = cause
  }
}

/// Somebody looked and the tank was empty: what was in it before is in it no more.
public struct TankEmptied: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let holder: OrganisationCode
  /// What was left by the books and is booked as lost.
  public let lossGrams: Grams
  /// Who answers for it, by name or code.
  public let measuredBy: String
  public let reason: String
  public let cause: CauseCode?
  /// SHA-256 of photographs or cleaning records.
  public let evidence: [SHA256Digest]

  public init(
    tank: TankCode, holder: OrganisationCode, lossGrams: Grams, measuredBy: String,
    reason: String, cause: CauseCode?, evidence: [SHA256Digest]
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

public import ValueTypes

/// An act on a lot was recorded wrongly. What is nil stays as it was recorded.
public struct Correction: Sendable, Hashable {
  public var lot: LotCode
  /// The version, in the lot's stream, of the event that was wrong: 1 for its founding.
  public var version: Int64
  /// The organisation that recorded the act.
  public var by: OrganisationCode
  public var reason: String
  /// True where the act never happened; then nothing else is given.
  public var isVoid: Bool
  /// A harvest's, split's or receipt's mass, or what a count found.
  public var grams: Grams?
  /// Where a harvest came from, and whose plot it is.
  public var plot: PlotCode?
  public var producer: ProducerCode?
  public var from: CivilDate?
  public var to: CivilDate?
  /// What a purchase, blend or process took, all of it.
  public var inputs: [LotDraw]?
  public var unknownOriginGrams: Grams?
  /// What a process gave: the same lots, with the masses as they were.
  public var outputs: [LotProcessed.Output]?

  public init(
    lot: LotCode, version: Int64 = 1, by: OrganisationCode, reason: String, isVoid: Bool = false
  ) {
    self.isVoid = isVoid
    self.lot = lot
    self.version = version
    self.by = by
    self.reason = reason
  }

  var givesNothing: Bool {
    grams == nil && plot == nil && producer == nil && from == nil && to == nil && inputs == nil
      && unknownOriginGrams == nil && outputs == nil
  }
}

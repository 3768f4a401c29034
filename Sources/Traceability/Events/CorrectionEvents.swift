/// An act on a lot was recorded wrongly: what it should have said, and why.
///
/// The wrong event stays where it is; from here on this one counts in its place. Of several
/// corrections of one event the newest counts. With no fact given, the act never happened.
public struct LotCorrected: Sendable, Hashable, Codable {
  public let lot: LotCode
  /// The event of this lot's stream that was wrong.
  public let corrects: EventReference
  public let by: OrganisationCode
  public let reason: String
  public let harvested: LotHarvested?
  public let purchased: LotPurchased?
  public let blended: LotBlended?
  public let split: LotSplit?
  public let processed: LotProcessed?
  public let drawn: LotDrawn?
  public let received: LotReceived?
  public let adjusted: LotAdjusted?

  init(
    _ lot: LotCode, corrects version: Int64, by: OrganisationCode, reason: String,
    _ fact: CorrectedFact?
  ) {
    self.lot = lot
    corrects = EventReference(stream: .lot(lot), version: version)
    self.by = by
    self.reason = reason
    harvested = if case .founded(.harvested(let event)) = fact { event } else { nil }
    purchased = if case .founded(.purchased(let event)) = fact { event } else { nil }
    blended = if case .founded(.blended(let event)) = fact { event } else { nil }
    split = if case .founded(.split(let event)) = fact { event } else { nil }
    processed = if case .founded(.processed(let event)) = fact { event } else { nil }
    drawn = if case .acted(.drawn(let event)) = fact { event } else { nil }
    received = if case .acted(.received(let event)) = fact { event } else { nil }
    adjusted = if case .acted(.adjusted(let event)) = fact { event } else { nil }
  }

  /// How the lot came into being, where that was wrong and is not void.
  public var founding: LotOrigin? {
    if let harvested { return .harvested(harvested) }
    if let purchased { return .purchased(purchased) }
    if let blended { return .blended(blended) }
    if let split { return .split(split) }
    return processed.map(LotOrigin.processed)
  }

  /// What stands in the wrong event's place; nil where nothing does.
  var fact: CorrectedFact? {
    if let founding { return .founded(founding) }
    if let drawn { return .acted(.drawn(drawn)) }
    if let received { return .acted(.received(received)) }
    if let adjusted { return .acted(.adjusted(adjusted)) }
    return nil
  }
}

/// What an event of a lot's stream should have said.
enum CorrectedFact: Sendable, Hashable {
  case founded(LotOrigin)
  case acted(LotAct)
}

/// A harvest counted against a plot's season was corrected; written with `lot.corrected`.
public struct PlotHarvestCorrected: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let lot: LotCode
  /// What counts now; nil where nothing of this lot was harvested here.
  public let harvest: PlotHarvested?

  public init(plot: PlotCode, lot: LotCode, harvest: PlotHarvested?) {
    self.plot = plot
    self.lot = lot
    self.harvest = harvest
  }
}

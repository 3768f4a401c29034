/// A lot as one organisation may see it; what it may not see is nil or left out.
public struct LotDisclosure: Sendable, Hashable, Encodable {
  /// A draw, without where it went unless that is the viewer's to know.
  public struct Draw: Sendable, Hashable, Encodable {
    public let grams: Grams
    public let purpose: DrawPurpose
    public let into: [StreamKey]
  }

  public struct Arrival: Sendable, Hashable, Encodable {
    public let by: OrganisationCode
    public let dispatchedGrams: Grams
    public let weighedGrams: Grams
    public let returned: LotDraw?
    public let reason: String?
  }

  public let lot: LotCode
  public let product: ProductCode
  public let createdGrams: Grams
  /// Who has it: told to who holds it, sent it or awaits it.
  public let holder: Party?
  /// What is left: told to who holds it or awaits it.
  public let grams: Grams?
  public let sender: Party?
  public let waybill: String?
  /// What was bought of whom and for how much: told to the buyer alone.
  public let seller: Party?
  public let price: Money?
  public let receipt: String?
  public let arrivals: [Arrival]
  /// While it was the viewer's.
  public let draws: [Draw]
}

extension LotState {
  /// Nil where the viewer may not know that the lot exists.
  public func disclosed(
    to viewer: OrganisationCode, with sight: LotSight
  ) -> LotDisclosure? {
    guard sight > .none else { return nil }
    let party = Party.organisation(viewer)
    let mine = sight == .whole || sight == .sentOn
    var bought: LotPurchased?
    if case .purchased(let event) = origin, event.buyer == viewer { bought = event }
    let arrivals = receipts.filter { receipt in
      mine && (receipt.value.by == viewer || sentBy(party, before: receipt))
    }
    return LotDisclosure(
      lot: code, product: product, createdGrams: origin.grams,
      holder: sight == .origin ? nil : sight == .sentOn ? lastKnownHolder(to: party) : holder,
      grams: sight == .whole || sight == .incoming ? grams : nil,
      sender: sight == .incoming ? transit?.from : nil,
      waybill: sight == .incoming ? transit?.waybill : nil, seller: bought?.seller,
      price: bought?.price, receipt: bought?.receipt,
      arrivals: arrivals.map {
        LotDisclosure.Arrival(
          by: $0.value.by, dispatchedGrams: $0.value.dispatchedGrams,
          weighedGrams: $0.value.weighedGrams, returned: $0.value.returned,
          reason: $0.value.reason)
      },
      draws: mine ? drawsWhileHeld(by: party) : [])
  }

  /// To whom they sent it; where it went from there is not theirs to know.
  private func lastKnownHolder(to party: Party) -> Party? {
    guard let sent = dispatches.last(where: { $0.value.from == party }) else { return nil }
    return .organisation(sent.value.to)
  }

  private func sentBy(_ party: Party, before receipt: Dated<LotReceived>) -> Bool {
    dispatches.last { $0.version < receipt.version }?.value.from == party
  }

  private func drawsWhileHeld(by party: Party) -> [LotDisclosure.Draw] {
    ordered().compactMap { fact in
      guard case .drawn(let draw) = fact.act,
        standing(at: fact.occurredAt).holder == party
      else { return nil }
      return LotDisclosure.Draw(grams: draw.grams, purpose: draw.purpose, into: draw.into)
    }
  }
}

import ValueTypes

/// What lots are certified as, derived from what they were made of: of a mixture the weakest.
public struct Certifier: Sendable {
  private let world: World

  public init(world: World) { self.world = world }

  /// Where product comes from, as far as preserving its identity goes.
  private enum Identity: Hashable {
    case one(StreamKey)
    case mixed
  }

  private struct Certified {
    var models: [SchemeCode: CertificationModel]
    var identity: Identity
  }

  /// The certifications of a lot by scheme; all upstream must be known to the world.
  public func certifications(of lot: LotCode) -> [LotCertification] {
    var known: [LotCode: Certified] = [:]
    var entered: Set<LotCode> = []
    var stack = [lot]
    while let code = stack.last {
      let missing =
        entered.insert(code).inserted
        ? world.inputs(of: code).map(\.lot).filter { known[$0] == nil && !entered.contains($0) }
        : []
      if missing.isEmpty {
        stack.removeLast()
        if known[code] == nil { known[code] = compose(code, known) }
      } else {
        stack += missing
      }
    }
    return (known[lot]?.models ?? [:]).sorted { $0.key < $1.key }
      .map { LotCertification(scheme: $0.key, model: $0.value) }
  }

  private func compose(_ code: LotCode, _ known: [LotCode: Certified]) -> Certified {
    guard let lot = world.lots[code] else { return none(code) }
    var parts = world.inputs(of: code).map { known[$0.lot] ?? none($0.lot) }
    switch lot.origin {
    case .harvested(let event):
      var certified = none(code)
      certified.identity = .one(.plot(event.plot))
      if let claim = event.certification,
        world.plots[event.plot]?.isCertified(claim.scheme, on: event.to) == true
      {
        certified.models[claim.scheme] = claim.model
      }
      parts = [certified]
    case .purchased(let event) where event.unknownOriginGrams > .zero:
      var bought = none(code)
      if let claim = event.certification { bought.models[claim.scheme] = claim.model }
      parts.append(bought)
    case .tapped(let event):
      let entries = world.tanks[event.tank]?.entries(in: event.window) ?? []
      if entries.isEmpty || entries.contains(where: \.isFound) { parts.append(none(code)) }
    default: break
    }
    // What a count found has no certificate.
    if lot.adjustments.contains(where: { $0.value.unknownOriginGrams > .zero }) {
      parts.append(none(code))
    }
    var mixed = merge(parts) ?? none(code)
    for downgrade in lot.downgrades {
      guard let model = mixed.models[downgrade.value.scheme] else { continue }
      mixed.models[downgrade.value.scheme] = downgrade.value.model.map { max($0, model) }
    }
    return mixed
  }

  private func none(_ lot: LotCode) -> Certified {
    Certified(models: [:], identity: .one(.lot(lot)))
  }

  private func merge(_ parts: [Certified]) -> Certified? {
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      if part.identity != whole.identity { whole.identity = .mixed }
      whole.models = whole.models.reduce(into: [:]) { models, one in
        guard let other = part.models[one.key] else { return }
        models[one.key] = max(one.value, other)
      }
    }
    if whole.identity == .mixed {
      whole.models = whole.models.mapValues { max($0, .segregated) }
    }
    return whole
  }
}

extension PlotState {
  /// Whether a certificate of the scheme holds on that day.
  func isCertified(_ scheme: SchemeCode, on day: CivilDate) -> Bool {
    certificates.contains { $0.value.scheme == scheme && day <= $0.value.validTo }
  }
}

extension Judge {
  /// A lot that is sold by mass balance may hold product of any origin: it is never proven, nor
  /// is what it is mixed into.
  func certificationReasons(_ lot: LotState) -> [Reason] {
    var claims: [(scheme: SchemeCode, version: Int64)] = []
    switch lot.origin {
    case .harvested(let event):
      if let claim = event.certification, claim.model == .massBalance {
        claims.append((claim.scheme, 1))
      }
    case .purchased(let event):
      if let claim = event.certification, claim.model == .massBalance {
        claims.append((claim.scheme, 1))
      }
    default: break
    }
    for downgrade in lot.downgrades where downgrade.value.model == .massBalance {
      claims.append((downgrade.value.scheme, downgrade.version))
    }
    return claims.map { claim in
      Reason(
        .massBalance, .insufficientEvidence, lot.stream, figures: ["scheme": claim.scheme.text],
        restsOn: [EventReference(stream: lot.stream, version: claim.version)])
    }
  }
}

extension World {
  /// All that tells what a lot is certified as.
  func streams(certifying event: LotDowngraded) -> Set<StreamKey> {
    let upstream = Provenance(world: self).upstream(of: [event.lot])
    return Set(upstream.lots.map(StreamKey.lot) + upstream.plots.map(StreamKey.plot))
      .union(tanks(giving: upstream.lots).map(StreamKey.tank))
      .union([.organisation(event.holder)])
  }
}

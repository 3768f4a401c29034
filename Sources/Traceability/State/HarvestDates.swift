import ValueTypes

/// The oldest harvests in some lots and in all that was made of them, as they stand now: what an
/// event says of it may have been corrected at the source since.
struct HarvestDates {
  private let lot: (LotCode) -> LotState?
  private var dates: [LotCode: CivilDate?] = [:]
  /// The lots themselves, and what they went into as far as it is known, up to process runs.
  private(set) var reached: Set<LotCode> = []

  init(of lots: [LotCode], _ lot: @escaping (LotCode) -> LotState?) {
    self.lot = lot
    var waiting = lots
    var visits: [LotCode: Int] = [:]
    while let code = waiting.popLast() {
      guard let state = lot(code) else { continue }
      let date = date(of: state.origin)
      let isNew = reached.insert(code).inserted
      // Each input may change it once; in a ring the lots would else wait for each other.
      visits[code, default: 0] += 1
      guard isNew || of(code) != date, visits[code, default: 0] <= state.origin.inputs.count + 1
      else { continue }
      dates[code] = .some(date)
      if state.origin.isDated { waiting += state.fed }
    }
  }

  func of(_ code: LotCode) -> CivilDate? { dates[code] ?? lot(code)?.origin.oldestHarvest }

  func of(_ inputs: [LotDraw]) -> CivilDate? { inputs.compactMap { of($0.lot) }.min() }

  private func date(of origin: LotOrigin) -> CivilDate? {
    switch origin {
    case .harvested(let event): event.to
    case .purchased, .blended, .split:
      // Of inputs that are not known here, the event tells.
      origin.inputs.allSatisfy { lot($0.lot) != nil } ? of(origin.inputs) : origin.oldestHarvest
    case .processed, .tapped: nil
    }
  }
}

extension World {
  /// The streams that a change of a lot's day of harvest reaches, and what else they are made of.
  func streams(datedBy lot: LotCode) -> Set<StreamKey> {
    let reached = HarvestDates(of: [lot]) { lots[$0] }.reached
    var keys: Set<StreamKey> = []
    for code in reached {
      guard let state = lots[code] else { continue }
      keys.formUnion(state.origin.inputs.map { .lot($0.lot) })
      if state.origin.isDated { keys.formUnion(state.fed.map(StreamKey.lot)) }
    }
    return keys
  }
}

extension LotOrigin {
  /// True where it is the product that was harvested, on a day that counts.
  fileprivate var isDated: Bool {
    switch self {
    case .harvested, .purchased, .blended, .split: true
    case .processed, .tapped: false
    }
  }
}

extension LotState {
  /// The lots that it went into.
  fileprivate var fed: [LotCode] {
    draws.flatMap(\.into).compactMap { $0.kind == .lot ? try? LotCode($0.code) : nil }
  }
}

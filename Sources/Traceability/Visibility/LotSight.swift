/// How much of a lot an organisation may see. More is greater.
///
/// A regulator sees all, and who runs the ledger; this is for those who trade in it.
public enum LotSight: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Not even that it exists.
  case none
  /// Something of it is in a lot of theirs: what it is and where it grew, for due diligence
  /// (Regulation (EU) 2023/1115, Art. 9), not what was paid or who else bought.
  case origin
  /// On its way to them: what is in it, who sent it, how it is judged.
  case incoming
  /// They sent it on: their own part of its history, and how it arrived.
  case sentOn
  /// Theirs: they hold it now.
  case whole

  public static func < (left: LotSight, right: LotSight) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension World {
  /// What the organisation may see of the lot. `below` are the lots downstream of it.
  public func sight(
    of code: LotCode, by viewer: OrganisationCode, below: [LotCode]
  ) -> LotSight {
    guard let lot = lots[code] else { return .none }
    let own = lot.sight(by: viewer)
    guard own == .none else { return own }
    let reaches = below.contains { lots[$0].map { $0.sight(by: viewer) > .none } ?? false }
    return reaches ? .origin : .none
  }
}

extension LotState {
  /// By what the lot's own stream says.
  func sight(by viewer: OrganisationCode) -> LotSight {
    let party = Party.organisation(viewer)
    if holder == party && transit == nil { return .whole }
    // Refused or received by another since, it was theirs once.
    let had =
      origin.holder == party || dispatches.contains { $0.value.from == party }
      || receipts.contains { $0.value.by == viewer }
    if had { return .sentOn }
    return transit?.to == viewer ? .incoming : .none
  }
}

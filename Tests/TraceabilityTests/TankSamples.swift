import Traceability
import ValueTypes

extension Samples {
  /// One event of every type about tanks.
  static func tanks() throws -> [DomainEvent] {
    let tank = try TankCode("T")
    let coop = try OrganisationCode("COOP")
    let oil = try ProductCode("crude-palm-oil")
    let five = try Grams(5)
    let window = TankWindow(from: 2, to: 3)
    let cause = try CauseCode("spillage")
    let scheme = try SchemeCode("rspo")
    return [
      .plotCertified(
        PlotCertified(
          plot: try .init("A"), scheme: scheme, certificate: "RSPO-1",
          validTo: try Make.unwrap(CivilDate("2027-01-01")), digest: try Make.digest(3))),
      .lotDowngraded(
        LotDowngraded(
          lot: try .init("C"), holder: coop, scheme: scheme, model: .massBalance, reason: "x")),
      .tankRegistered(
        TankRegistered(
          tank: tank, holder: coop, product: oil, capacityGrams: try Grams(100), form: .tank)),
      .tankFilled(
        TankFilled(
          tank: tank, holder: coop, product: oil, grams: five, inputs: [try Make.draw("H", 5)],
          holdsGrams: five)),
      .tankDrawn(
        TankDrawn(
          tank: tank, lot: try .init("S"), grams: five, remainingGrams: .zero, window: window)),
      .lotTapped(
        LotTapped(
          lot: try .init("S"), tank: tank, holder: coop, product: oil, grams: five,
          window: window)),
      .tankCounted(
        TankCounted(
          tank: tank, holder: coop, beforeGrams: five, grams: five, unknownOriginGrams: .zero,
          reason: "conteo", cause: cause)),
      .tankEmptied(
        TankEmptied(
          tank: tank, holder: coop, lossGrams: five, measuredBy: "Rosa", reason: "lavado",
          cause: cause, evidence: [try Make.digest(9)])),
    ]
  }
}

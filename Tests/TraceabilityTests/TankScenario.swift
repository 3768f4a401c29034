import Traceability
import ValueTypes

/// Tanks in a ledger in memory: dry beans of one plot each, in a silo of 100 kg.
extension Scenario {
  static func withSilo(capacity: Int64 = 100_000) throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    for plot in ["A", "B", "D"] { try ledger.givenPlot(plot) }
    try ledger.givenPlot("X", forest: 0.5, loss: 0.5)
    try ledger.when(try Act.tank("T", capacity: capacity), at: "2026-05-10T12:00:00-05:00")
    return ledger
  }

  /// A lot of the cooperative, from one plot.
  mutating func givenLot(_ lot: String, plot: String, grams: Int64) throws {
    try givenHarvest("H" + lot, plot: plot, grams: grams)
    try givenPurchase(lot, from: "H" + lot, grams: grams)
  }

  /// Pours a new lot of a plot in.
  mutating func fill(
    _ lot: String, plot: String, _ grams: Int64, at moment: String = day
  ) throws {
    try givenLot(lot, plot: plot, grams: grams)
    try when(try Act.fill([lot: grams]), at: moment)
  }

  mutating func tap(_ lot: String, _ grams: Int64, at moment: String = day) throws {
    try when(try Act.tap(lot, grams), at: moment)
  }

  func verdict(_ lot: String) throws -> Verdict { judge.judge(lot: try .init(lot)).verdict }

  func window(of lot: String) throws -> TankWindow {
    guard case .tapped(let event) = try Make.unwrap(world.lots[try .init(lot)]).origin else {
      throw Make.Missing()
    }
    return event.window
  }

  func sources(of lot: String) throws -> [String: Int64] {
    Dictionary(
      uniqueKeysWithValues: world.inputs(of: try .init(lot)).map { ($0.lot.text, $0.grams.value) })
  }
}

extension Act {
  static func tank(_ code: String, capacity: Int64) throws -> Command {
    .registerTank(
      TankRegistered(
        tank: try .init(code), holder: try .init("COOP"), product: try .init("cocoa-wet-beans"),
        capacityGrams: try Grams(capacity), form: .silo))
  }

  static func fill(
    _ inputs: Masses, into tank: String = "T", by holder: String = "COOP"
  ) throws -> Command {
    .fillTank(.init(tank: try .init(tank), holder: try .init(holder), inputs: try draws(inputs)))
  }

  static func tap(
    _ lot: String, _ grams: Int64, from tank: String = "T", by holder: String = "COOP"
  ) throws -> Command {
    .tapTank(
      .init(
        tank: try .init(tank), holder: try .init(holder), lot: try .init(lot),
        grams: try Grams(grams)))
  }

  static func count(
    to grams: Int64, of tank: String = "T", reason: String = "dip", cause: String? = nil
  ) throws -> Command {
    .countTank(
      .init(
        tank: try .init(tank), holder: try .init("COOP"), countedGrams: try Grams(grams),
        reason: reason, cause: try cause.map { try CauseCode($0) }))
  }

  static func empty(
    loss: Int64 = 0, of tank: String = "T", by person: String = "Rosa",
    reason: String = "washed"
  ) throws -> Command {
    .emptyTank(
      .init(
        tank: try .init(tank), holder: try .init("COOP"), lossGrams: try Grams(loss),
        measuredBy: person, reason: reason, evidence: [try Make.digest(6)]))
  }
}

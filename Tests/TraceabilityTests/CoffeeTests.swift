import Testing
import Traceability
import ValueTypes

/// A third commodity costs a file and no code.
@Suite struct CoffeeTests {
  private func catalogue() throws -> Catalogue {
    try Catalogue.shipped().adding(
      Catalogue(json: RepositoryFile.read("docs/catalogues/coffee.json")))
  }

  private func run(
    _ process: String, _ inputs: Act.Masses, into outputs: [(String, String, Int64)]
  ) throws -> Command {
    .process(
      .init(
        process: try .init(process), holder: try .init("COOP"), inputs: try Act.draws(inputs),
        outputs: try outputs.map {
          .init(lot: try .init($0.0), product: try .init($0.1), grams: try Grams($0.2))
        }))
  }

  /// From cherry on two plots to green coffee in a shipment.
  private func ledger(loss: Double) throws -> Scenario {
    var ledger = try Scenario(catalogue())
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenPlot("B", producer: "P2", forest: loss > 0 ? 0.5 : 0, loss: loss)
    for (plot, producer) in [("A", "P1"), ("B", "P2")] {
      try ledger.givenHarvest(
        "H\(plot)", plot: plot, grams: 500_000, producer: producer, product: "coffee-cherry")
      try ledger.when(
        try Act.purchase(
          "C\(plot)", from: "producer:\(producer)", ["H\(plot)": 500_000],
          product: "coffee-cherry"))
    }
    try ledger.when(
      try run(
        "coffee-wet-milling", ["CA": 500_000, "CB": 500_000],
        into: [("PER", "coffee-parchment", 200_000)]))
    try ledger.when(
      try run(
        "coffee-hulling", ["PER": 200_000],
        into: [("ORO", "coffee-green", 160_000), ("CAS", "coffee-husks", 38_000)]))
    try ledger.when(try Act.open("EMB"))
    try ledger.when(try Act.load("EMB", "ORO", 160_000))
    try ledger.when(try Act.seal("EMB"))
    return ledger
  }

  @Test func `given coffee in a file when it goes from cherry to ship then it is proven`() throws {
    let ledger = try ledger(loss: 0)
    #expect(ledger.world.findings.isEmpty)
    let shipment = try ShipmentCode("EMB")
    #expect(ledger.judge.judge(shipment: shipment).verdict == .deforestationFree)
    let origins = Provenance(world: ledger.world).origins(of: try .init("ORO"))
    #expect(origins.plots == [try .init("A"): 80_000, try .init("B"): 80_000])
    let green = try #require(try catalogue().product(try .init("coffee-green")))
    #expect(green.hsHeading == "090111" && green.annexI == "0901")
  }

  @Test func `given coffee of a cleared plot when it is shipped then it is not compliant`() throws {
    let ledger = try ledger(loss: 0.3)
    #expect(ledger.judge.judge(shipment: try .init("EMB")).verdict == .notCompliant)
  }

  @Test func `given coffee when hulled beyond its range or from another's fruit then it is said`()
    throws
  {
    var ledger = try Scenario(catalogue())
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000, product: "coffee-cherry")
    try ledger.when(try Act.purchase("C", ["H": 100_000], product: "coffee-cherry"))
    let early = try run("coffee-hulling", ["C": 100], into: [("X", "coffee-green", 80)])
    #expect(try ledger.refusal(of: early)?.code == .wrongProductForProcess)
    try ledger.when(
      try run("coffee-wet-milling", ["C": 100_000], into: [("P", "coffee-parchment", 40_000)]))
    #expect(ledger.world.findings.values.map(\.raised.kind) == [.conversionOutOfRange])
  }

  @Test func `given no file when coffee comes then it is unknown`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    let harvest = Command.harvest(try Make.harvest("H", plot: "A", grams: 5, "coffee-cherry"))
    #expect(try ledger.refusal(of: harvest)?.code == .unknownProduct)
  }
}

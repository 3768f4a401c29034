import Testing
import Traceability
import ValueTypes

/// One lot becomes several grades; what is lost is dust.
@Suite struct GradingTests {
  private func grade(_ masses: [Int64]) throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenGrading(masses)
    return ledger
  }

  @Test(
    arguments: [
      ([60_000, 30_000, 10_000], nil), ([60_000, 30_000, 8_000], nil), ([98_000], nil),
      ([60_000, 30_000, 7_999], .notice), ([50_000], .notice),
    ] as [([Int64], FindingSeverity?)])
  func `given grades when more than dust is lost then a notice`(
    masses: [Int64], expected: FindingSeverity?
  ) throws {
    let ledger = try grade(masses)
    let found = ledger.world.findings.values.map(\.raised)
    #expect(found.map(\.kind) == (expected == nil ? [] : [.lossOutOfRange]))
    #expect(found.first?.severity == expected)
    #expect(ledger.judge.judge(lot: try .init("G0")).verdict == .deforestationFree)
  }

  @Test func `given a grade when it is ground then butter and powder are in range`() throws {
    var ledger = try grade([99_000])
    for (process, inputs, outputs) in [
      ("cocoa-grinding", ["G0": 99_000], [("L", "cocoa-paste", 81_000), ("S", "cocoa-shells", 9)]),
      (
        "cocoa-pressing", ["L": 81_000],
        [("B", "cocoa-butter", 33_500), ("T", "cocoa-cake", 47_000)]
      ),
      ("cocoa-cake-milling", ["T": 47_000], [("P", "cocoa-powder", 46_900)]),
    ] as [(String, Act.Masses, [(String, String, Int64)])] {
      try ledger.when(
        .process(
          .init(
            process: try .init(process), holder: try .init("COOP"),
            inputs: try Act.draws(inputs),
            outputs: try outputs.map {
              .init(lot: try .init($0.0), product: try .init($0.1), grams: try Grams($0.2))
            })))
    }
    #expect(ledger.world.findings.isEmpty)
    let origins = Provenance(world: ledger.world).origins(of: try .init("P"))
    #expect(origins.plots == [try .init("G"): 46_900])
  }

  @Test func `given liquor beyond its notice range when ground then a notice holds nothing`() throws
  {
    var ledger = try grade([99_000])
    try ledger.when(
      try Act.dry(
        ["G0": 99_000], into: ["L": 99_000], process: "cocoa-grinding", product: "cocoa-paste"))
    let found = ledger.world.findings.values.map(\.raised)
    #expect(found.map(\.severity) == [.notice] && found[0].figures["most"] == "880")
    #expect(ledger.judge.judge(lot: try .init("L")).verdict == .deforestationFree)
  }
}

extension Scenario {
  /// 100 kg of dry beans of plot G, graded into these masses.
  mutating func givenGrading(_ masses: [Int64]) throws {
    try givenPlot("G")
    try givenHarvest("HG", plot: "G", grams: 100_000, product: "cocoa-dry-beans")
    try when(try Act.purchase("CG", ["HG": 100_000], product: "cocoa-dry-beans"))
    let grades = ["cocoa-dry-beans-1", "cocoa-dry-beans-2", "cocoa-dry-beans-reject"]
    try when(
      .process(
        .init(
          process: try .init("cocoa-grading"), holder: try .init("COOP"),
          inputs: try Act.draws(["CG": 100_000]),
          outputs: try masses.enumerated().map {
            .init(
              lot: try .init("G\($0.offset)"), product: try .init(grades[$0.offset]),
              grams: try Grams($0.element))
          })))
  }

  mutating func givenGradingLoss() throws { try givenGrading([50_000]) }
}

import Testing
import Traceability
import ValueTypes

/// What only a look over many streams shows; each at its bound and past it.
@Suite struct PatternTests {
  private func found(_ ledger: Scenario) -> [FindingRaised] {
    let catalogue = ledger.context.catalogue
    let found = PatternSearch(world: ledger.world, catalogue: catalogue).findings()
    // What patterns do not rest on changes nothing.
    var part = World()
    var versions: [StreamKey: Int64] = [:]
    for event in ledger.recorded {
      versions[event.stream, default: 0] += 1
      guard PatternSearch.rests(on: event.event) else { continue }
      part.apply(
        event.event, stream: event.stream, version: versions[event.stream] ?? 0,
        occurredAt: event.occurredAt)
    }
    #expect(PatternSearch(world: part, catalogue: catalogue).findings() == found)
    return found
  }

  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    for code in ["B1", "B2", "B3", "B4", "B5"] {
      try ledger.when(
        .registerOrganisation(
          OrganisationRegistered(
            organisation: try .init(code), name: code, kind: .collector, country: "PE")))
    }
    return ledger
  }

  /// Records what is found, as the program does; a second look finds nothing.
  private func record(_ ledger: inout Scenario) throws -> [FindingRaised] {
    let found = found(ledger)
    for finding in found { try ledger.when(.raisePattern(finding)) }
    #expect(self.found(ledger).isEmpty)
    for finding in found {
      for language in Language.allCases {
        let text = Wording.text(of: finding.kind, finding.figures, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    return found
  }

  // MARK: Buyers

  @Test func `given a producer with four buyers in a season then a notice, and a fifth is new`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    func sell(_ buyer: String, _ day: String = "2026-05-10") throws {
      let lot = "H\(buyer)\(day)"
      try ledger.when(
        .harvest(try Make.harvest(lot, plot: "A", grams: 1_000, to: day)),
        at: day + "T12:00:00-05:00")
      try ledger.when(
        try Act.purchase("C\(lot)", by: buyer, [lot: 1_000]), at: day + "T12:00:00-05:00")
    }
    for buyer in ["B1", "B2", "B3", "B3"].enumerated() {
      try sell(buyer.element, "2026-05-1\(buyer.offset)")
    }
    try sell("B4", "2025-05-10")
    #expect(found(ledger).isEmpty)
    try sell("B4")
    let first = try record(&ledger)
    #expect(first.map(\.kind) == [.manyBuyers] && first[0].severity == .notice)
    #expect(first[0].subjects.count == 5 && first[0].figures["buyers"] == "4")
    try sell("B5")
    let second = try record(&ledger)
    #expect(second.map { $0.figures["grewFrom"] } == [first[0].finding.text])
    #expect(ledger.world.findings.count == 2)
  }

  // MARK: At the cap

  /// Plots of two hectares with these dry masses, mixed by one buyer in one lot.
  private func mixed(_ masses: [Int64], more: String = "") throws -> Scenario {
    var ledger = try ledger()
    try mix(&ledger, masses, more)
    return ledger
  }

  private func mix(_ ledger: inout Scenario, _ masses: [Int64], _ more: String) throws {
    var inputs: [LotDraw] = []
    for (index, grams) in masses.enumerated() {
      let code = "K\(more)\(index)"
      if ledger.world.plots[try .init(code)] == nil { try ledger.givenPlot(code) }
      try ledger.givenHarvest("H\(code)", plot: code, grams: grams, product: "cocoa-dry-beans")
      try ledger.when(
        try Act.purchase("C\(code)", ["H\(code)": grams], product: "cocoa-dry-beans"))
      inputs.append(try Make.draw("C\(code)", grams))
    }
    try ledger.when(
      .blend(.init(lot: try .init("M\(more)"), holder: try .init("COOP"), inputs: inputs)))
  }

  @Test(
    arguments: [
      ([3_800_000, 3_900_000, 3_950_000, 3_999_000, 4_000_000], 1),
      ([3_799_999, 3_900_000, 3_950_000, 3_999_000, 4_000_000], 0),
      ([4_000_000, 4_000_000, 4_000_000, 4_000_000], 0),
      // Five at a cap of ten plots are half of them, of eleven they are not.
      ([2_300_000, 2_310_000, 2_350_000, 2_390_000, 2_400_000, 1, 2, 3, 4, 5], 1),
      ([2_300_000, 2_310_000, 2_350_000, 2_390_000, 2_400_000, 1, 2, 3, 4, 5, 6], 0),
      ([900_000, 1_200_000, 1_700_000, 2_100_000, 2_500_000, 3_000_000], 0),
    ] as [([Int64], Int)])
  func `given plots of one group when they end just below a cap then a notice`(
    masses: [Int64], count: Int
  ) throws {
    var ledger = try mixed(masses)
    let found = try record(&ledger)
    #expect(found.map(\.kind) == Array(repeating: .allAtCap, count: count))
    #expect(found.allSatisfy { $0.severity == .notice && $0.subjects.count == 5 })
  }

  @Test func `given a group at its cap when a plot joins it then the new finding names the old`()
    throws
  {
    let five: [Int64] = [3_900_000, 3_900_000, 3_900_000, 3_900_000, 3_900_000]
    var ledger = try mixed(five)
    let first = try record(&ledger)
    try mix(&ledger, five + [3_950_000], "B")
    // A group of its own, of other plots.
    let second = try record(&ledger)
    #expect(second.count == 1 && second[0].figures["plots"] == "11")
    #expect(second[0].figures["grewFrom"] == first[0].finding.text)
  }

  // MARK: Trucks and hours

  private func truck(_ ledger: inout Scenario, trips: Int?) throws {
    try ledger.when(
      .declareCapacity(
        CapacityDeclared(
          organisation: try .init("COOP"), vehicle: "S2P-418", tripGrams: try Grams(1_000_000),
          tripsPerDay: trips)))
  }

  private func send(_ ledger: inout Scenario, _ lot: String, _ grams: Int64, _ plate: String) throws
  {
    try ledger.givenHarvest("H\(lot)", plot: "A", grams: grams, product: "oil-palm-bunches")
    try ledger.when(
      try Act.purchase("C\(lot)", ["H\(lot)": grams], product: "oil-palm-bunches"))
    try ledger.when(
      .dispatch(
        .init(
          lot: try .init("C\(lot)"), from: try .init("COOP"), to: try .init("MILL"),
          vehicle: plate)))
  }

  @Test(
    arguments: [
      (2, 2_200_000, 0), (2, 2_200_001, 1), (nil, 4_400_000, 0), (nil, 4_400_001, 1),
    ] as [(Int?, Int64, Int)])
  func `given a truck when a day's loads pass its trips then a notice`(
    trips: Int?, grams: Int64, count: Int
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", hectares: 20)
    try truck(&ledger, trips: trips)
    try send(&ledger, "1", 1_000_000, "S2P-418")
    try send(&ledger, "2", grams - 1_000_000, "s2p 418")
    try send(&ledger, "3", 9_000_000, "OTHER-1")
    let found = try record(&ledger)
    #expect(found.map(\.kind) == Array(repeating: .moreThanVehiclesCarry, count: count))
    try send(&ledger, "4", 5_000_000, "S2P418")
    let grown = try record(&ledger)
    try #require(grown.count == 1)
    #expect(grown[0].subjects.count == 3)
    #expect(grown[0].figures["grewFrom"] == found.first?.finding.text)
  }

  @Test(
    arguments: [
      (22_000_000, nil), (22_000_001, .notice), (26_400_000, .notice), (26_400_001, .doubt),
    ] as [(Int64, FindingSeverity?)])
  func `given a mill when a day's fruit passes its hours then it is said`(
    grams: Int64, severity: FindingSeverity?
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", hectares: 20)
    try ledger.when(
      .declareCapacity(
        CapacityDeclared(organisation: try .init("COOP"), hourGrams: try Grams(1_000_000))))
    func mill(_ run: String, _ mass: Int64, _ day: String) throws {
      try ledger.when(
        .harvest(
          try Make.harvest("H\(run)", plot: "A", grams: mass, "oil-palm-bunches", to: day)),
        at: day + "T08:00:00-05:00")
      try ledger.when(
        try Act.purchase("C\(run)", ["H\(run)": mass], product: "oil-palm-bunches"),
        at: day + "T09:00:00-05:00")
      try ledger.when(
        try Act.dry(
          ["C\(run)": mass], into: ["O\(run)": mass / 5], process: "palm-milling",
          product: "crude-palm-oil"), at: day + "T12:00:00-05:00")
    }
    try mill("1", 20_000_000, "2026-05-10")
    try mill("2", 20_000_000, "2026-05-11")
    try mill("3", grams - 20_000_000, "2026-05-11")
    let found = try record(&ledger)
    #expect(found.map(\.severity) == (severity.map { [$0] } ?? []))
    #expect(found.allSatisfy { $0.kind == .moreThanHoursAllow && $0.subjects.count == 2 })
  }

  @Test
  func `given a finding that is no pattern when the program's way is used then it is refused`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    func pattern(_ code: String, _ kind: FindingKind, _ subject: String) throws -> Command {
      .raisePattern(
        FindingRaised(
          finding: try .init(code), kind: kind, severity: .notice,
          subjects: [try Make.unwrap(StreamKey(subject))], restsOn: [], figures: [:]))
    }
    #expect(
      try ledger.refusal(of: pattern("x", .allAtCap, "plot:A"))?.code == .codeReserved)
    #expect(
      try ledger.refusal(of: pattern("recorded-late/plot/A/1", .recordedLate, "plot:A"))?.code
        == .codeReserved)
    #expect(
      try ledger.refusal(of: pattern("all-at-cap/plot/Z/2026/cocoa/1", .allAtCap, "plot:Z"))?.code
        == .unknownSubject)
  }
}

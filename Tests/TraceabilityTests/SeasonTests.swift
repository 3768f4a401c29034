import Testing
import Traceability
import ValueTypes

/// What a plot's season holds, and what is left of it.
@Suite struct SeasonTests {
  private func ledger(planted: Int? = 2_012, hectares: Double = 2) throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.when(
      .registerPlot(try Make.plot("A", producer: "P1", hectares: hectares, planted: planted)))
    return ledger
  }

  private func balance(
    _ ledger: Scenario, _ commodity: String = "cocoa", on day: String = "2026-05-10"
  ) throws -> SeasonBalance {
    let plot = try #require(ledger.world.plots[try .init("A")])
    return try #require(
      SeasonBalance(
        plot, commodity: commodity, on: try Make.unwrap(CivilDate(day)),
        in: ledger.context.catalogue))
  }

  @Test func `given two hectares of cocoa when nothing is harvested then all is left`() throws {
    let balance = try balance(try ledger())
    #expect(balance.harvestedGrams == 0 && balance.standing == .usual)
    #expect(balance.usualGrams == 2_400_000 && balance.warnGrams == 4_000_000)
    #expect(balance.impossibleGrams == 7_600_000 && balance.leftGrams == 4_000_000)
    #expect(balance.left.map(\.grams) == [12_121_212, 4_000_000])
    #expect(balance.age == 14 && balance.basis?.proposal == true)
  }

  @Test(
    arguments: [
      (2_400_000, .usual), (2_400_001, .aboveUsual), (4_000_001, .aboveWarning),
      (7_600_001, .impossible),
    ] as [(Int64, SeasonBalance.Standing)])
  func `given dry beans when weighed against the limits then it stands so`(
    grams: Int64, standing: SeasonBalance.Standing
  ) throws {
    var ledger = try ledger()
    try ledger.givenHarvest("H", plot: "A", grams: grams, product: "cocoa-dry-beans")
    let balance = try balance(ledger)
    #expect(balance.standing == standing)
    #expect(balance.leftGrams == max(0, 4_000_000 - grams))
    for language in Language.allCases {
      let text = Wording.text(
        of: balance, catalogue: ledger.context.catalogue, in: language)
      #expect(text.contains("\(grams / 1_000) kg") && !text.contains("nil"))
    }
  }

  @Test func `given wet beans and another year then only this year's dry mass counts`() throws {
    var ledger = try ledger()
    try ledger.givenHarvest("H", plot: "A", grams: 1_000_000)
    try ledger.when(
      .harvest(try Make.harvest("O", plot: "A", grams: 900_000, to: "2025-05-10")))
    #expect(try balance(ledger).harvestedGrams == 330_000)
    #expect(try balance(ledger, on: "2025-01-01").harvestedGrams == 297_000)
  }

  @Test(
    arguments: [
      (2_023, 5_000), (2_022, 10_000), (2_021, 28_000), (nil, 28_000),
    ] as [(Int?, Int64)])
  func `given young palms then the cap of their age counts`(planted: Int?, warn: Int64) throws {
    let balance = try balance(try ledger(planted: planted, hectares: 1), "oil-palm")
    #expect(balance.warnGrams == warn * 1_000 && balance.impossibleGrams == 35_000_000)
  }

  @Test(arguments: [("22", 3), ("221001", 5), (nil, 1)] as [(String?, Int64)])
  func `given rows of places then the most exact and newest counts`(
    district: String?, warn: Int64
  ) throws {
    let json = """
      {"code":"nut","es":"n","en":"n","scientificName":"N","yields":[
      {"warn":1,"basis":{"validFrom":"2026-01-01","source":"a","proposal":false}},
      {"district":"22","warn":2,"basis":{"validFrom":"2020-01-01","source":"b","proposal":false}},
      {"district":"22","warn":3,"basis":{"validFrom":"2026-05-01","source":"c","proposal":false}},
      {"district":"22","warn":4,"basis":{"validFrom":"2026-06-01","source":"d","proposal":false}},
      {"district":"2210","ages":{"from":1,"to":9},"warn":5,
       "basis":{"validFrom":"2026-01-01","source":"e","proposal":false}}]}
      """
    let file = """
      {"name":"t","version":"1","validFrom":"2026-01-01","source":"t","products":[],
      "processes":[],"commodities":[\(json)]}
      """
    let commodity = try Catalogue(json: Array(file.utf8)).commodities[0]
    let day = try #require(CivilDate("2026-05-10"))
    #expect(commodity.yield(district: district, age: 4, on: day)?.warn == warn)
    #expect(commodity.yield(district: "221001", age: 10, on: day)?.warn == 3)
    let early = try #require(CivilDate("2019-05-10"))
    #expect(commodity.yield(district: "22", age: nil, on: early)?.warn == 2)
  }

  @Test func `given a season that begins in October then its months belong to its year`() throws {
    let season = Season(of: try Make.unwrap(CivilDate("2026-03-01")), firstMonth: 10)
    #expect(season.year == 2_025 && "\(season.from)" == "2025-10-01")
    #expect("\(season.to)" == "2026-09-30")
    #expect(Season(of: season.to, firstMonth: 10) == season)
  }

  @Test func `given areas that are no number then nothing is left and nothing traps`() throws {
    for hectares in [1e-9, 999_999] {
      let ledger = try ledger(hectares: hectares)
      let balance = try balance(ledger)
      #expect((balance.warnGrams ?? -1) >= 0 && balance.left.allSatisfy { $0.grams >= 0 })
    }
  }

  @Test(arguments: 1...20)
  func `given harvests in any order then the season is the same, and what is left never grows`(
    seed: Int
  ) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let masses = (0..<12).map { _ in Int64(next(3_000_000)) + 1 }
    let products = (0..<12).map { _ in next(2) == 0 ? "cocoa-wet-beans" : "cocoa-dry-beans" }
    func fold(_ order: [Int]) throws -> [SeasonBalance] {
      var ledger = try ledger()
      return try order.map { index in
        try ledger.givenHarvest(
          "H\(index)", plot: "A", grams: masses[index], product: products[index])
        return try balance(ledger)
      }
    }
    var order = Array(0..<12)
    let first = try fold(order)
    for index in order.indices { order.swapAt(index, Int(next(12))) }
    let second = try fold(order)
    #expect(first.last == second.last)
    for steps in [first, second] {
      for (before, after) in zip(steps, steps.dropFirst()) {
        #expect((after.leftGrams ?? 0) <= (before.leftGrams ?? 0))
        #expect(after.harvestedGrams >= before.harvestedGrams)
      }
    }
  }

  // MARK: Findings with the act

  private func findings(_ ledger: Scenario, _ kind: FindingKind) -> [FindingRaised] {
    ledger.world.findings.values.map(\.raised).filter { $0.kind == kind }
  }

  @Test(
    arguments: [
      (2_023, nil), (2_024, .notice), (2_025, .notice), (2_026, .doubt), (2_027, .doubt),
      (nil, nil),
    ] as [(Int?, FindingSeverity?)])
  func `given a young planting when it delivers before it bears then it is said`(
    planted: Int?, severity: FindingSeverity?
  ) throws {
    var ledger = try ledger(planted: planted)
    try ledger.givenHarvest("H1", plot: "A", grams: 10_000)
    try ledger.givenHarvest("H2", plot: "A", grams: 10_000)
    let found = findings(ledger, .beforeFirstBearing)
    #expect(found.count == (severity == nil ? 0 : severity == .doubt ? 2 : 1))
    #expect(found.allSatisfy { $0.severity == severity })
  }

  @Test func `given cocoa out of season when it passes the share then one notice`() throws {
    var ledger = try ledger()
    // The share is 350 thousandths of 2,400 kg of dry beans.
    for (lot, grams, day, expected) in [
      ("H1", 500_000, "2026-03-10", 0), ("H2", 900_000, "2026-05-10", 0),
      ("H3", 340_000, "2026-10-10", 0), ("H4", 1, "2026-09-10", 1), ("H5", 1, "2026-09-11", 1),
    ] as [(String, Int64, String, Int)] {
      let harvest = try Make.harvest(lot, plot: "A", grams: grams, "cocoa-dry-beans", to: day)
      try ledger.when(.harvest(harvest), at: day + "T12:00:00-05:00")
      #expect(findings(ledger, .outsideSeason).count == expected, "\(lot)")
    }
    #expect(findings(ledger, .outsideSeason).allSatisfy { $0.severity == .notice })
  }
}

import Testing

@testable import Land

@Suite struct GroundChecksTests {
  private func problems(_ cover: [Int: Double], unknown: Double = 0) -> [GeometryProblem] {
    GroundChecks.findings(
      cover: cover, unknown: unknown, legend: .worldCover, dataset: "worldcover"
    ).map(\.problem)
  }

  @Test func `given shares of water and buildings, when judged, then by the thresholds`() {
    #expect(problems([10: 900, 80: 100]).isEmpty)
    #expect(problems([10: 899, 80: 101]) == [.partlyOnWater])
    #expect(problems([10: 500, 80: 500]) == [.partlyOnWater])
    #expect(problems([10: 499, 80: 501]) == [.onWater])
    #expect(problems([80: 400, 50: 600]) == [.partlyOnWater, .onBuiltUp])
    #expect(problems([10: 100, 80: 100], unknown: 201) == [.groundUnknown])
    #expect(problems([:]) == [.groundUnknown])
  }

  @Test func `given altitudes, when judged, then by the crop's range`() throws {
    let judge = { (elevation: [Int: Double], crop: String, step: Double) in
      GroundChecks.findings(
        elevation: elevation, metresPerValue: step, crop: crop, dataset: "dem")
    }
    #expect(judge([1_200: 10, 0: 5], "cocoa", 1).isEmpty)
    #expect(judge([1_201: 10, 1_199: 10], "cocoa", 1).isEmpty)
    let high = try #require(judge([1_400: 30, 1_000: 10], "cocoa", 1).first)
    #expect(high.problem == .outsideAltitude)
    #expect(high.figures["metres"] == "1300" && high.figures["percent"] == "75.0")
    #expect(judge([700: 10], "oil-palm", 1).map(\.problem) == [.outsideAltitude])
    #expect(judge([700: 10], "oil-palm", 0.5).isEmpty)
    #expect(judge([-20: 10], "oil-palm", 1).count == 1)
    #expect(judge([9_000: 10], "coffee", 1).isEmpty)
  }
}

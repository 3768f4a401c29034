import Foundation
import Testing
import ValueTypes

@testable import Traceability

struct DatasetMeaningTests {
  private func day(_ text: String) throws -> CivilDate { try Make.unwrap(CivilDate(text)) }

  @Test func `given known products' values then each is the day or year that its maker says`()
    throws
  {
    // Hansen/UMD: 21 is 2021. GLAD-S2: 730 is 2020-12-31. RADD: 21001 is 2021-01-01.
    let hansen = DatasetMeaning.yearsAfter(zero: 2_000)
    #expect(hansen.answer(0) == .no)
    #expect(hansen.answer(21) == .inYear(2_021))
    let glad = DatasetMeaning.daysAfter(try day("2019-01-01"))
    #expect(glad.answer(730) == .on(try day("2020-12-31")))
    #expect(DatasetMeaning.yearAndDay.answer(21_001) == .on(try day("2021-01-01")))
    #expect(DatasetMeaning.yearAndDay.answer(20_366) == .on(try day("2020-12-31")))
    let integrated = DatasetMeaning.confidenceAndDaysAfter(
      try day("2014-12-31"), leastConfidence: 3)
    #expect(integrated.answer(32_193) == .on(try day("2021-01-01")))
    #expect(integrated.answer(22_193) == .no)
    #expect(DatasetMeaning.year.answer(2_024) == .inYear(2_024))
    #expect(DatasetMeaning.values([1, 3]).answer(3) == .yes)
    #expect(DatasetMeaning.values([1, 3]).answer(2) == .no)
    #expect(DatasetMeaning.atLeast(50).answer(49) == .no)
    #expect(DatasetMeaning.atLeast(50).answer(50) == .yes)
  }

  @Test func `given values that are no date then they are after every cut-off, never a no`()
    throws
  {
    for value in [Int.max, 21_000, 21_999, 99_999_367] {
      let answer = DatasetMeaning.yearAndDay.answer(value)
      #expect(answer == .inYear(.max), "\(value): \(answer)")
    }
    #expect(DatasetMeaning.daysAfter(try day("2019-01-01")).answer(.max) == .inYear(.max))
    #expect(DatasetMeaning.yearsAfter(zero: 2_000).answer(.max) == .inYear(.max))
  }

  @Test func `given every meaning then its words and its JSON read back as itself`() throws {
    let meanings: [DatasetMeaning] = [
      .values([1, 2]), .atLeast(50), .yearsAfter(zero: 2_000), .year,
      .daysAfter(try day("2019-01-01")),
      .confidenceAndDaysAfter(try day("2014-12-31"), leastConfidence: 2), .yearAndDay, .inside,
      .metres(step: 10),
    ]
    for meaning in meanings {
      #expect(DatasetMeaning(meaning.description) == meaning, "\(meaning)")
      let data = try JSONEncoder().encode(meaning)
      #expect(try JSONDecoder().decode(DatasetMeaning.self, from: data) == meaning)
    }
    let wrong = [
      "", "values", "values x", "values 1;y", "at-least", "years-after 20", "year 3",
      "days-after", "days-after 2019", "confidence-and-days-after 2014-12-31", "forest",
    ]
    for text in wrong { #expect(DatasetMeaning(text) == nil, "\(text)") }
  }

  @Test func `given the shipped kinds then each usual meaning answers what its kind asks`() throws {
    let kinds = try DatasetKinds.shipped()
    #expect(Set(kinds.kinds.map(\.kind)).count == kinds.kinds.count)
    for entry in kinds.kinds {
      guard let words = entry.meaning else { continue }
      let meaning = try #require(DatasetMeaning(words), "\(entry.kind.rawValue)")
      #expect(DatasetKinds.fits(meaning, entry), "\(entry.kind.rawValue)")
    }
    let forest = try #require(kinds.entry(.forest2020))
    #expect(!DatasetKinds.fits(.year, forest))
    #expect(!DatasetKinds.fits(.inside, forest))
    #expect(!DatasetKinds.fits(.values([]), forest))
  }

  @Test func `given every shipped policy then it reads and asks for kinds that are known`() throws {
    let known = Set(try DatasetKinds.shipped().kinds.map(\.kind))
    let policies = try Policy.shippedTexts.map { try Policy(json: $0) }
    #expect(policies.map(\.code) == ["eudr-1", "eudr-2", "pur-eligibility-1", "rspo-1"])
    for policy in policies {
      let asked =
        policy.requiredDatasets + (policy.risk?.indicators.flatMap(\.layers).map(\.kind) ?? [])
      #expect(known.isSuperset(of: asked), "\(policy.code)")
      #expect(
        try Policy.shippedText(name: policy.name, version: policy.version).map {
          try Policy(json: $0)
        }
          == policy)
    }
  }
}

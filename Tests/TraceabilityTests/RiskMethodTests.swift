import Testing
import Traceability
import ValueTypes

/// The method of risk against its published tables.
struct RiskMethodTests {
  private func method() throws -> RiskMethod { try #require(try Policy.shipped().risk) }

  /// Our names for the method's indicators.
  private static let names = [
    "Ind_01_treecover": "tree-cover-2020", "Ind_02_commodities": "commodity-2020",
    "Ind_03_disturbance_before_2020": "disturbance-before-2021",
    "Ind_04_disturbance_after_2020": "disturbance-after-2020",
  ]

  @Test func `given every row of the truth table then the tree gives its class`() throws {
    let method = try method()
    let rows = try SharedRisk.rows("truth_pcrop.csv")
    #expect(rows.count == 16)
    let classes: [String: RiskMethod.Risk] = [
      "low": .low, "more_info_needed": .moreInformationNeeded, "high": .high,
    ]
    for row in rows {
      let answers = Self.names.reduce(into: [:]) { $0[$1.value] = row[$1.key] == "yes" }
      let wanted = try #require(classes[row["risk_pcrop"] ?? ""])
      #expect(method.risk(answers) == wanted, "\(row)")
    }
  }

  @Test func `given every edge of the thresholds then the answer is the table's`() throws {
    let rows = try SharedRisk.rows("threshold_edges.csv")
    #expect(rows.count == 23)
    for row in rows {
      let value = Double(row["value"] ?? "")
      let threshold = try #require(Double(row["threshold"] ?? ""))
      let percent =
        row["unit"] == "percent"
        ? value : EvidenceShare.percent(value, of: Double(row["area"] ?? ""))
      #expect(
        EvidenceShare.isYes(percent, thresholdPercent: threshold) == (row["indicator"] == "yes"),
        "\(row)")
    }
  }

  @Test func `given the method's columns then the policy reads each in its indicator`() throws {
    let method = try method()
    for (column, name) in Self.names {
      let wanted = try SharedRisk.rows("indicator-datasets.csv")
        .filter { $0["indicator"] == column && $0["national_codes"] == "" }
        .compactMap { $0["column"] }
      let indicator = try #require(method.indicators.first { $0.name == name })
      #expect(!wanted.isEmpty)
      #expect(Set(indicator.layers.compactMap(\.column)) == Set(wanted), "\(name)")
    }
    let thresholds = method.indicators.map(\.thresholdPercent)
    #expect(thresholds == [10, 50, 50, 10])
  }

  @Test func `given an answer too few then there is no class`() throws {
    #expect(try method().risk(["tree-cover-2020": false]) == nil)
  }

  @Test func `given a method that cannot judge then its file is refused with the reason`() throws {
    let text = String(decoding: Policy.shippedText, as: UTF8.self)
    let faults = [
      ("\"loss\": \"disturbance-after-2020\"", "\"loss\": \"nothing\""),
      ("{\"answers\": {}, \"risk\": \"high\"}", "{\"answers\": {\"x\": true}, \"risk\": \"high\"}"),
      ("\"name\": \"commodity-2020\"", "\"name\": \"tree-cover-2020\""),
      ("\"thresholdPercent\": 50, \"period\"", "\"thresholdPercent\": 500, \"period\""),
    ]
    for (right, wrong) in faults {
      #expect(text.contains(right))
      let broken = text.split(separator: right, omittingEmptySubsequences: false)
        .joined(separator: wrong)
      #expect(throws: DecodingError.self, "\(wrong)") { try Policy(json: Array(broken.utf8)) }
    }
  }
}

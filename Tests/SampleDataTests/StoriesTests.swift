import SampleData
import Testing
import Traceability

/// What a sample says is planted in it, against what the rules of custody find.
struct StoriesTests {
  private static let sizes: [(plots: Int, seasons: Int, seed: UInt64)] = [
    (60, 1, 1), (60, 2, 2), (300, 2, 1), (300, 2, 77), (120, 4, 5),
  ]

  @Test(arguments: sizes)
  func `given a sample, when its acts are judged, then just what it planted is found`(
    size: (plots: Int, seasons: Int, seed: UInt64)
  ) throws {
    let sample = try WrittenSample(plots: size.plots, seasons: size.seasons, seed: size.seed)
    let planted = try sample.stories()

    var ledger = try MemoryLedger()
    for file in try sample.importFiles() { try ledger.take(file: file, of: sample) }
    try ledger.lookForOverlaps()
    try ledger.assess()
    try ledger.detect()

    var expected: [String: String] = [:]
    for story in planted.stories {
      for (subject, verdict) in story.verdicts {
        #expect(expected[subject] == nil, "\(subject) is in two stories")
        expected[subject] = verdict
      }
    }
    let found = ledger.notProven()
    for (subject, verdict) in expected where found[subject] != verdict {
      Issue.record("planted and not found: \(subject) \(verdict), \(found[subject] ?? "free")")
    }
    for (subject, verdict) in found where expected[subject] == nil {
      Issue.record("found and not planted: \(subject) \(verdict)")
    }
    let order = { (finding: WrittenSample.Stories.Finding) in finding.kind + " " + finding.subject }
    #expect(
      ledger.findings.map(order).sorted() == planted.stories.flatMap(\.findings).map(order).sorted()
    )
    #expect(ledger.world.plots.count == size.plots)
    #expect(ledger.world.lots.count == sample.summary.lots)
    #expect(ledger.world.shipments.count == sample.summary.shipments)
    #expect(ledger.world.producers.count == sample.summary.producers)

    let before = ledger.world.versions
    for refusal in planted.stories.compactMap(\.refusal) {
      let thrown = #expect(throws: Refusal.self) {
        try ledger.take(file: refusal.file, of: sample)
      }
      #expect(thrown?.code.rawValue == refusal.code, "\(refusal.file)")
    }
    #expect(ledger.world.versions == before)
  }

  @Test func `given the smallest sample, when written, then no story is left out`() throws {
    let stories = try WrittenSample(plots: 50, seasons: 1).stories().stories
    let kinds: Set = [
      "forest-loss", "small-forest-loss", "unknown-origin", "short-receipt", "overlap",
      "no-tenure", "late-fruit", "impossible-yield", "double-claim", "mill-excess", "overdraw",
      "wrong-holder", "future", "young-plot", "outside-season", "all-at-cap", "many-buyers",
      "overloaded-truck", "mill-hours", "tank-clean", "tank-dirty", "tank-flushed",
      "corrected-harvest",
    ]
    #expect(kinds.isSubset(of: Set(stories.map(\.kind))))
    let notices: Set = ["outside-season", "all-at-cap", "many-buyers", "overloaded-truck"]
    // Of the clean tank nothing is to be found, and that is its story.
    for story in stories where story.refusal == nil && story.kind != "tank-clean" {
      #expect(notices.contains(story.kind) == story.verdicts.isEmpty, "\(story.kind)")
      #expect(!notices.contains(story.kind) || story.findings.count == 1, "\(story.kind)")
      #expect(!story.subjects.isEmpty, "\(story.kind) has no subject")
      #expect(
        story.verdicts.keys.contains { $0.hasPrefix("shipment:") } || story.kind == "late-fruit"
          || story.kind.hasPrefix("tank-") || notices.contains(story.kind),
        "\(story.kind) reaches no shipment")
    }
  }

  @Test func `given tanks, when written, then lots before and after the dirty one are proven`()
    throws
  {
    let stories = try WrittenSample(plots: 50, seasons: 1).stories().stories
    func tainted(_ kind: String) -> [String] {
      stories.filter { $0.kind == kind }.flatMap(\.verdicts.keys).filter {
        $0.hasPrefix("lot:EPB-Q-")
      }.map { String($0.suffix(1)) }.sorted()
    }
    #expect(tainted("tank-clean").isEmpty)
    #expect(tainted("tank-dirty") == ["2"])
    #expect(tainted("tank-flushed") == ["1", "2", "3"])
  }

  @Test func `given a sample, when judged, then most of it is proven`() throws {
    let sample = try WrittenSample(plots: 300, seasons: 1)
    let tainted = Set(try sample.stories().stories.flatMap(\.verdicts.keys))
    let lots = tainted.filter { $0.hasPrefix("lot:") }.count
    #expect(lots * 5 < sample.summary.lots)
  }
}

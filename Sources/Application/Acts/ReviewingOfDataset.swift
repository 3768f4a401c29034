import Ledger
import PostgreSQL
import ReadModels
public import Traceability
public import ValueTypes

/// Open doubts that rest on one dataset that is used no more.
public struct DatasetDoubts: Sendable, Codable {
  public struct Doubt: Sendable, Hashable, Codable {
    public let finding: FindingCode
    public let kind: FindingKind
    public let subjects: [StreamKey]
    /// What it says, in words.
    public let es: String
    public let en: String
  }

  public let superseded: DatasetSuperseded
  /// By code.
  public let doubts: [Doubt]
  /// Doubts about plots whose newest assessment still rests on the dataset: to be assessed first.
  public let waiting: [Doubt]
}

/// What a review of many doubts has recorded.
public struct DatasetReview: Sendable, Codable {
  public struct Answer: Sendable, Codable {
    public let finding: FindingCode
    /// Of the first event of the review.
    public let position: Int64
  }

  public struct Refused: Sendable, Codable {
    public let finding: FindingCode
    public let code: String
    public let es: String
    public let en: String
  }

  public let listed: DatasetDoubts
  public internal(set) var answered: [Answer] = []
  public internal(set) var refused: [Refused] = []

  /// Nothing that was listed is left open.
  public var isWhole: Bool { refused.isEmpty && listed.waiting.isEmpty }
}

/// One answer to many doubts.
public struct CommonReview: Sendable {
  public var outcome: ReviewOutcome
  public var reviewer: String
  public var reason: String
  public var evidence: [SHA256Digest]

  public init(
    outcome: ReviewOutcome, reviewer: String, reason: String, evidence: [SHA256Digest]
  ) {
    self.outcome = outcome
    self.reviewer = reviewer
    self.reason = reason
    self.evidence = evidence
  }
}

extension Raiz {
  /// The program's open doubts whose figures come from a dataset that was superseded.
  ///
  /// - Throws: `ApplicationError.notFound` for a dataset that is not in the ledger, and
  ///   `.datasetInUse` for one that still is: what a map in use shows is answered one by one.
  public func doubts(restingOn dataset: DatasetName) async throws -> DatasetDoubts {
    try await projector.catchUp()
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([.dataset(dataset)], into: &world, loaded: &loaded)
    guard world.datasets[dataset] != nil else { throw ApplicationError.notFound(.dataset(dataset)) }
    guard let superseded = world.superseded[dataset] else {
      throw ApplicationError.datasetInUse(dataset)
    }
    let rows = try await openDoubts(on: dataset)
    var doubts: [DatasetDoubts.Doubt] = []
    var waiting: [DatasetDoubts.Doubt] = []
    let found = try rows.map { row -> (code: FindingCode, isUsed: Bool) in
      (try FindingCode(row.decode("code")), try row.decode("used"))
    }.filter(\.code.isOfProgram)
    try await loader.load(
      Set(found.map { StreamKey.finding($0.code) }), into: &world, loaded: &loaded)
    for (code, isUsed) in found {
      guard let raised = world.findings[code]?.raised else { continue }
      let doubt = DatasetDoubts.Doubt(
        finding: code, kind: raised.kind, subjects: raised.subjects,
        es: Wording.text(of: raised.kind, raised.figures, in: .spanish),
        en: Wording.text(of: raised.kind, raised.figures, in: .english))
      if isUsed { waiting.append(doubt) } else { doubts.append(doubt) }
    }
    return DatasetDoubts(superseded: superseded, doubts: doubts, waiting: waiting)
  }

  private func openDoubts(on dataset: DatasetName) async throws -> [Row] {
    try await pool.withSession { session in
      try await session.query(
        """
        SELECT f.code, EXISTS (
          SELECT 1 FROM raiz_read.plots p
          WHERE p.ledger = f.ledger AND ('plot:' || p.code) = ANY(f.subjects)
            AND \(dataset.text) = ANY(string_to_array(p.maps, ' '))) AS used
        FROM raiz_read.findings f
        WHERE f.ledger = \(reader.ledger) AND f.severity = 'doubt' AND f.outcome IS NULL
          AND EXISTS (
            SELECT 1 FROM jsonb_each_text(f.figures) AS g(name, value)
            WHERE g.name IN ('map', 'forestMap', 'lossMap') AND g.value = \(dataset.text))
        ORDER BY f.code COLLATE "C"
        """)
    }
  }

  /// Answers every listed doubt by an event of its own, as a single review does. One that is
  /// refused, because its reviewer raised it, say, is told and does not stop the others.
  ///
  /// What was interrupted is gone on with by the same call: what is answered is not listed again.
  public func review(
    _ listed: DatasetDoubts, with review: CommonReview, recordedBy: String,
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> DatasetReview {
    var report = DatasetReview(listed: listed)
    for (index, doubt) in listed.doubts.enumerated() {
      try Task.checkCancellation()
      let event = FindingReviewed(
        finding: doubt.finding, outcome: review.outcome, reviewer: review.reviewer,
        reason: review.reason, evidence: review.evidence)
      do {
        let receipt = try await record(review: event, recordedBy: recordedBy)
        report.answered.append(
          DatasetReview.Answer(finding: doubt.finding, position: receipt.firstPosition))
      } catch let refusal as Refusal {
        report.refused.append(
          DatasetReview.Refused(
            finding: doubt.finding, code: refusal.code.rawValue,
            es: Wording.text(of: refusal, in: .spanish),
            en: Wording.text(of: refusal, in: .english)))
      }
      progress(index + 1, listed.doubts.count)
    }
    try await projector.catchUp()
    return report
  }
}

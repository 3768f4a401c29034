import Foundation
import PostgreSQL
import ReadModels
public import Traceability

/// What a sample plants, as its `stories.json` says.
public struct PlantedStories: Sendable, Codable {
  public struct Finding: Sendable, Codable, Hashable {
    public let kind: String
    public let subject: String
  }

  public struct Refused: Sendable, Codable, Hashable {
    public let file: String
    public let code: String
  }

  public struct Story: Sendable, Codable {
    public let kind: String
    public let subjects: [String]
    /// Every plot, lot and shipment that is not proven because of it.
    public let verdicts: [String: String]
    public let findings: [Finding]
    public let refusal: Refused?
  }

  public let seed: UInt64
  public let plots: Int
  public let seasons: Int
  public let stories: [Story]
}

/// Planted stories held against what the ledger found.
public struct StoryReport: Sendable, Codable {
  public struct Line: Sendable, Codable {
    public let kind: String
    public let expectedVerdicts: Int
    public let foundVerdicts: Int
    public let expectedFindings: Int
    public let foundFindings: Int
    /// The code of the refusal, where the story is one.
    public let refusal: String?
    public let isFound: Bool
  }

  public internal(set) var lines: [Line] = []
  /// What was planted and not found.
  public internal(set) var missing: [String] = []
  /// What was found and not planted.
  public internal(set) var unexpected: [String] = []

  /// True only if what was found is exactly what was planted.
  public var isExact: Bool {
    !lines.isEmpty && lines.allSatisfy(\.isFound) && missing.isEmpty && unexpected.isEmpty
  }

  /// The report for people.
  public func lines(_ language: Language) -> [String] {
    let es = language == .spanish
    var out = [
      es
        ? "historia: dictámenes esperados/hallados, observaciones esperadas/halladas"
        : "story: verdicts expected/found, findings expected/found"
    ]
    for line in lines {
      let mark = line.isFound ? "✓" : "✗"
      if let refusal = line.refusal {
        out.append("  \(mark) \(line.kind): \(es ? "rechazado" : "refused") (\(refusal))")
      } else {
        out.append(
          "  \(mark) \(line.kind): \(line.expectedVerdicts)/\(line.foundVerdicts), "
            + "\(line.expectedFindings)/\(line.foundFindings)")
      }
    }
    for text in missing.prefix(50) { out.append("  \(es ? "falta" : "missing"): \(text)") }
    for text in unexpected.prefix(50) {
      out.append("  \(es ? "no plantado" : "not planted"): \(text)")
    }
    return out
  }
}

extension Raiz {
  /// Compares every verdict that is not `deforestation-free`, every finding and every refusal with
  /// what the sample planted; nothing may be missing and nothing may be there besides.
  ///
  /// - Parameter imported: the reports of the files under `refused/`.
  public func checkStories(
    in directory: String, imported: [FileReport]
  ) async throws -> StoryReport {
    let path = directory + "/stories.json"
    let planted = try JSONDecoder().decode(
      PlantedStories.self,
      from: Data(FileBytes.read(path, limit: ImportLimits.fileBytes)))
    try await projector.catchUp()
    let verdicts = try await notProven()
    let findings = try await raisedFindings()
    let refusals = Dictionary(
      imported.map { report in
        (
          URL(fileURLWithPath: report.file).lastPathComponent,
          report.events == 0 ? report.problems.first?.code : nil
        )
      }, uniquingKeysWith: { first, _ in first })
    return StoryComparison(
      planted: planted, verdicts: verdicts, findings: findings, refusals: refusals
    ).report()
  }

  /// Plots, lots and shipments by verdict, those that are proven left out.
  private func notProven() async throws -> [String: String] {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT 'plot:' || code AS subject, own_rank AS rank FROM raiz_read.plots
        WHERE ledger = \(projector.ledger) AND own_rank > 0
        UNION ALL SELECT 'lot:' || code, rank FROM raiz_read.lots
        WHERE ledger = \(projector.ledger) AND rank > 0
        UNION ALL SELECT 'shipment:' || code, rank FROM raiz_read.shipments
        WHERE ledger = \(projector.ledger) AND rank > 0
        """)
    }
    var found: [String: String] = [:]
    for row in rows {
      found[try row.decode("subject")] =
        try VerdictRank.verdict(row.decode("rank")).rawValue
    }
    return found
  }

  private func raisedFindings() async throws -> [PlantedStories.Finding] {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT kind, subjects[1] AS subject FROM raiz_read.findings
        WHERE ledger = \(projector.ledger)
        """)
    }
    return try rows.map {
      PlantedStories.Finding(kind: try $0.decode("kind"), subject: try $0.decode("subject"))
    }
  }
}

/// The comparison itself: values in, a report out.
struct StoryComparison {
  let planted: PlantedStories
  let verdicts: [String: String]
  let findings: [PlantedStories.Finding]
  /// By the file's name; nil where the file was not refused.
  let refusals: [String: String?]

  func report() -> StoryReport {
    var report = StoryReport()
    var expected: [String: String] = [:]
    var expectedFindings: [PlantedStories.Finding: Int] = [:]
    for story in planted.stories {
      report.lines.append(line(story))
      for (subject, verdict) in story.verdicts {
        expected[subject] = worse(expected[subject], verdict)
      }
      for finding in story.findings { expectedFindings[finding, default: 0] += 1 }
    }
    for (subject, verdict) in expected.sorted(by: { $0.key < $1.key })
    where verdicts[subject] != verdict {
      report.missing.append("\(subject) \(verdict), \(verdicts[subject] ?? "deforestation-free")")
    }
    for (subject, verdict) in verdicts.sorted(by: { $0.key < $1.key })
    where expected[subject] == nil {
      report.unexpected.append("\(subject) \(verdict)")
    }
    let found = Dictionary(findings.map { ($0, 1) }, uniquingKeysWith: +)
    for key in Set(found.keys).union(expectedFindings.keys) {
      let difference = (found[key] ?? 0) - (expectedFindings[key] ?? 0)
      let text = "\(key.kind) \(key.subject)"
      if difference < 0 { report.missing.append(text) }
      if difference > 0 { report.unexpected.append(text) }
    }
    report.missing.sort()
    report.unexpected.sort()
    return report
  }

  private func line(_ story: PlantedStories.Story) -> StoryReport.Line {
    let foundVerdicts = story.verdicts.filter { verdicts[$0.key] == $0.value }.count
    let foundFindings = story.findings.filter { findings.contains($0) }.count
    let isRefused = story.refusal.map { planted in
      let name = planted.file.split(separator: "/").last.map(String.init) ?? planted.file
      return refusals[name] == .some(.some(planted.code))
    }
    return StoryReport.Line(
      kind: story.kind, expectedVerdicts: story.verdicts.count, foundVerdicts: foundVerdicts,
      expectedFindings: story.findings.count, foundFindings: foundFindings,
      refusal: story.refusal?.code,
      isFound: (isRefused ?? true) && foundVerdicts == story.verdicts.count
        && foundFindings == story.findings.count)
  }

  private func worse(_ left: String?, _ right: String) -> String {
    let verdicts = [left, right].compactMap { $0 }.compactMap(Verdict.init(rawValue:))
    return verdicts.max()?.rawValue ?? right
  }
}

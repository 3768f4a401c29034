import Testing
import ValueTypes

@testable import Ledger

/// An audit reads pages, windows and statements: what is wrong at the edge of one is found as
/// anywhere else. Here windows are of a tile, statements of two, pages of a few events.
@Suite struct AuditBoundaryTests {
  private static let small = AuditSteps(window: 256, statement: 512, pageBytes: 4_000)

  private static func audit(
    _ ledger: TestLedger, _ steps: AuditSteps = small
  ) async throws -> AuditReport {
    try await LedgerAudit.run(
      reader: try await ledger.reader(), verifier: ledger.signer.verifier, published: nil,
      allHeads: false, steps: steps, progress: { _, _ in })
  }

  /// 1,100 events, commits of 100 and one of 700 over several windows and statements.
  private func tampered(
    _ script: String, _ check: (AuditReport) throws -> Void
  ) async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      for (key, count) in [("a", 100), ("b", 100), ("c", 700), ("d", 100), ("e", 100)] {
        _ = try await writer.append(
          Sample.commit(key, (0..<count).map { "lot:\($0 % 9)" }))
      }
      await writer.close()
      for steps in [Self.small, AuditSteps(streams: 3), AuditSteps()] {
        let report = try await Self.audit(ledger, steps)
        #expect(report.discrepancies == [] && report.tiles == 4 && report.checkpoints == 5)
      }
      let tables = ["events_p000000", "event_keys", "streams"]
      let off = tables.map { "ALTER TABLE raiz.\($0) DISABLE TRIGGER ALL" }
      try await ledger.asSuperuser(off.joined(separator: ";") + ";" + script)
      let report = try await Self.audit(ledger)
      try check(report)
      // However much is read at a time, the same is found.
      #expect(try await Self.audit(ledger, AuditSteps()) == report)
    }
  }

  @Test func `one session is enough`() async throws {
    try await TestLedger.with(sessions: 1) { ledger in
      let writer = try await ledger.writer()
      for key in ["a", "b"] {
        _ = try await writer.append(Sample.commit(key, (0..<700).map { "lot:\($0 % 9)" }))
      }
      await writer.close()
      let report = try await Self.audit(ledger)
      #expect(report.discrepancies == [] && report.size == 1_400 && report.tiles == 5)
    }
  }

  private func places(_ report: AuditReport, _ kind: Discrepancy.Kind) -> [Range<Int64>?] {
    report.discrepancies.filter { $0.kind == kind }.map(\.positions)
  }

  @Test func `changed events at both sides of an edge are named`() async throws {
    let script = """
      UPDATE raiz.events_p000000 SET bytes = set_byte(bytes, length(bytes) - 2, 32)
      WHERE position IN (0, 255, 256, 511, 512, 767, 768)
      """
    try await tampered(script) { report in
      #expect(
        places(report, .eventChanged)
          == [0, 255, 256, 511, 512, 767, 768].map { Int64($0)..<Int64($0 + 1) })
    }
  }

  @Test func `missing events at the edges are named, whole windows too`() async throws {
    let script = "DELETE FROM raiz.events_p000000 WHERE position IN (0, 255, 256, 511, 1099)"
    try await tampered(script) { report in
      #expect(
        places(report, .eventMissing)
          == [0, 255, 256, 511, 1_099].map { Int64($0)..<Int64($0 + 1) })
    }
    let most = "DELETE FROM raiz.events_p000000 WHERE position BETWEEN 256 AND 1023"
    try await tampered(most) { report in
      #expect(places(report, .eventMissing).count == 768)
      #expect(places(report, .eventMissing).first == 256..<257)
      #expect(places(report, .eventChanged) == [])
    }
  }

  @Test func `rows after the end are found, of events, streams and keys`() async throws {
    let script = """
      INSERT INTO raiz.events SELECT ledger, 1100, 'lot:1', 999, '{}', sha256('')
        FROM raiz.ledgers;
      INSERT INTO raiz.streams SELECT ledger, 'lot:later', 5000 FROM raiz.ledgers;
      INSERT INTO raiz.event_keys SELECT ledger, 'later', 5000, 1, sha256(''), 5001
        FROM raiz.ledgers
      """
    try await tampered(script) { report in
      #expect(places(report, .headWrong) == [1_100..<1_101])
      #expect(places(report, .streamWrong) == [5_000..<5_001])
      #expect(places(report, .keyWrong) == [5_000..<5_001])
    }
  }

  @Test func `rows that are missing, doubled or exchanged are found`() async throws {
    try await tampered("DELETE FROM raiz.streams WHERE stream = 'lot:8'") { report in
      #expect(places(report, .streamWrong) == [8..<9])
    }
    try await tampered("DELETE FROM raiz.event_keys WHERE key = 'c'") { report in
      #expect(places(report, .keyWrong) == [200..<900])
    }
    let exchanged = """
      UPDATE raiz.event_keys SET content = (
        SELECT content FROM raiz.event_keys WHERE key = CASE k.key WHEN 'd' THEN 'e' ELSE 'd' END)
      FROM raiz.event_keys k WHERE k.key = event_keys.key AND k.key IN ('d', 'e', 'x');
      UPDATE raiz.event_keys SET first_position = 1200 - first_position + 700
        WHERE key IN ('d', 'e')
      """
    try await tampered(exchanged) { report in
      #expect(places(report, .keyWrong).contains(900..<1_000))
      #expect(places(report, .keyWrong).contains(1_000..<1_100))
    }
  }

  @Test func `versions that are exchanged are found, with streams in mind or not`() async throws {
    let script = """
      UPDATE raiz.events_p000000 SET version = CASE position WHEN 255 THEN 30 ELSE 29 END
        WHERE position IN (255, 264)
      """
    try await tampered(script) { report in
      #expect(!places(report, .streamWrong).isEmpty)
      #expect(places(report, .eventContradicts).contains(255..<256))
    }
  }
}

import Testing
import ValueTypes

@testable import Ledger

/// What a superuser changes after switching the triggers off is found, and where.
@Suite struct AuditTests {
  /// 600 events: two full tiles and 88 events in none; commits of one event at the end.
  private func tampered(
    _ script: String, _ check: (AuditReport) throws -> Void
  ) async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("bulk", (0..<590).map { "lot:\($0 % 9)" }))
      for number in 0..<10 {
        _ = try await writer.append(Sample.commit("k\(number)", ["lot:\(number)"]))
      }
      await writer.close()
      #expect(try await ledger.audit().discrepancies == [])
      try await ledger.asSuperuser(
        "SET session_replication_role = replica; \(Self.disable); \(script)")
      try check(try await ledger.audit())
    }
  }

  private static let disable = [
    "events_p000000", "event_keys", "tiles", "checkpoints", "ledgers", "streams",
  ].map { "ALTER TABLE raiz.\($0) DISABLE TRIGGER ALL" }.joined(separator: "; ")

  private func places(_ report: AuditReport, _ kind: Discrepancy.Kind) -> [Range<Int64>?] {
    report.discrepancies.filter { $0.kind == kind }.map(\.positions)
  }

  private static func flip(_ position: Int) -> String {
    """
    UPDATE raiz.events_p000000 SET bytes = set_byte(bytes, length(bytes) - 1 - 1, 32)
    WHERE position = \(position)
    """
  }

  @Test(arguments: [0, 300, 511, 512, 599])
  func `a changed byte is found and its position named`(position: Int) async throws {
    try await tampered(Self.flip(position)) { report in
      let place = Int64(position)..<Int64(position + 1)
      #expect(places(report, .eventChanged) == [place])
    }
  }

  @Test(arguments: [300, 512, 595])
  func `a changed event with its leaf hash made to fit is found too`(position: Int) async throws {
    let script = """
      UPDATE raiz.events_p000000
        SET bytes = replace(convert_from(bytes, 'UTF8'), '"clerk"', '"clark"')::bytea
        WHERE position = \(position);
      UPDATE raiz.events_p000000 SET leaf_hash = sha256('\\x00'::bytea || bytes)
        WHERE position = \(position)
      """
    try await tampered(script) { report in
      let place = Int64(position)..<Int64(position + 1)
      if position < 512 {
        #expect(places(report, .eventChanged) == [place])
      } else {
        // In no full tile: the signed checkpoints before and after it name its commit.
        let found = try #require(places(report, .checkpointWrong).first ?? nil)
        #expect(found.contains(place.lowerBound))
        #expect(position < 590 ? found == 0..<590 : found == place)
      }
    }
  }

  @Test func `a missing event is named`() async throws {
    try await tampered("DELETE FROM raiz.events_p000000 WHERE position = 300") { report in
      #expect(places(report, .eventMissing) == [300..<301])
    }
    try await tampered("DELETE FROM raiz.events_p000000 WHERE position = 599") { report in
      #expect(places(report, .eventMissing) == [599..<600])
    }
  }

  @Test func `columns that contradict the bytes are named`() async throws {
    let script = "UPDATE raiz.events_p000000 SET stream = 'lot:x' WHERE position = 40"
    try await tampered(script) { report in
      #expect(places(report, .eventContradicts) == [40..<41])
      #expect(!places(report, .streamWrong).isEmpty)
      #expect(places(report, .eventChanged).isEmpty)
    }
  }

  @Test func `changed tiles are named with the events they cover`() async throws {
    let script = """
      UPDATE raiz.tiles SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1)
      WHERE index = 1
      """
    try await tampered(script) { report in
      #expect(report.discrepancies.map(\.kind) == [.tileChanged])
      #expect(places(report, .tileChanged) == [256..<512])
    }
    try await tampered("DELETE FROM raiz.tiles WHERE index = 0") { report in
      #expect(places(report, .tileChanged) == [0..<256])
    }
  }

  @Test func `a forged or missing checkpoint is found`() async throws {
    let forged = "UPDATE raiz.checkpoints SET note = replace(note, '595', '596') WHERE size = 595"
    try await tampered(forged) { report in
      #expect(places(report, .checkpointWrong) == [594..<595])
    }
    try await tampered("DELETE FROM raiz.checkpoints WHERE size = 600") { report in
      #expect(places(report, .checkpointWrong) == [599..<600])
    }
  }

  @Test func `heads, streams and keys that contradict the events are found`() async throws {
    try await tampered("UPDATE raiz.streams SET first_position = 99 WHERE stream = 'lot:3'") {
      report in
      #expect(report.discrepancies.map(\.kind) == [.streamWrong])
    }
    try await tampered("UPDATE raiz.event_keys SET key = 'other' WHERE key = 'k3'") { report in
      #expect(places(report, .keyWrong) == [593..<594, 593..<594])
    }
    try await tampered("UPDATE raiz.event_keys SET content = sha256('') WHERE key = 'k3'") {
      report in
      #expect(places(report, .keyWrong) == [593..<594])
    }
    try await tampered("UPDATE raiz.ledgers SET root = sha256('')") { report in
      #expect(report.discrepancies.map(\.kind) == [.headWrong])
    }
  }

  @Test func `events put behind the head are found`() async throws {
    let script = """
      INSERT INTO raiz.events SELECT ledger, 600, 'lot:1', 999, '{}', sha256('') FROM raiz.ledgers
      """
    try await tampered(script) { report in
      #expect(places(report, .headWrong) == [600..<601])
    }
  }

  @Test func `progress counts up to the size`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("bulk", (0..<1_500).map { "lot:\($0)" }))
      await writer.close()
      let steps = Steps()
      let report = try await LedgerAudit.run(
        reader: try await ledger.reader(), verifier: ledger.signer.verifier, published: nil,
        allHeads: false, steps: AuditSteps(window: 256, statement: 512)
      ) { done, total in steps.add(done, total) }
      #expect(report.isSound)
      #expect(steps.all == [[512, 1_500], [1_024, 1_500], [1_500, 1_500]])
    }
  }
}

import PostgreSQL
import Testing

@testable import Ledger

@Suite struct ImmutabilityTests {
  private static let statements = [
    "UPDATE raiz.events SET version = 9", "DELETE FROM raiz.events", "TRUNCATE raiz.events",
    "UPDATE raiz.events SET version = 9 WHERE false",
    "UPDATE raiz.event_keys SET count = 9", "DELETE FROM raiz.event_keys",
    "TRUNCATE raiz.event_keys", "UPDATE raiz.tiles SET root = root", "DELETE FROM raiz.tiles",
    "TRUNCATE raiz.tiles", "UPDATE raiz.checkpoints SET note = ''",
    "DELETE FROM raiz.checkpoints", "TRUNCATE raiz.checkpoints CASCADE",
    "DELETE FROM raiz.ledgers", "TRUNCATE raiz.ledgers",
    "UPDATE raiz.streams SET first_position = 9", "DELETE FROM raiz.streams",
    "TRUNCATE raiz.streams",
  ]

  private func sqlState(_ script: String, as setting: String, _ ledger: TestLedger) async -> String?
  {
    do {
      try await ledger.asSuperuser("\(setting); \(script)")
      return nil
    } catch {
      return (error as? PostgresError)?.sqlState
    }
  }

  @Test func `the service may not, and nobody else can`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("a", ["lot:1"]))
      await writer.close()
      for statement in Self.statements {
        let denied = await sqlState(statement, as: "SET ROLE raiz_writer", ledger)
        #expect(denied == "42501", "\(statement)")
        for setting in [
          "SET ROLE raiz_owner", "RESET ROLE", "SET session_replication_role = replica",
        ] {
          let refused = await sqlState(statement, as: setting, ledger)
          #expect(refused == "RZ003", "\(setting); \(statement)")
        }
      }
      let reading = await sqlState(
        "SELECT count(*) FROM raiz.events", as: "SET ROLE raiz_reader", ledger)
      #expect(reading == nil)
      let insert = await sqlState(
        "INSERT INTO raiz.events VALUES (1, 7, 's', 1, '', sha256(''))", as: "SET ROLE raiz_reader",
        ledger)
      #expect(insert == "42501")
      #expect(try await ledger.audit().discrepancies == [])
    }
  }

  @Test func `later partitions are made ahead and are as immutable as the first`() async throws {
    try await TestLedger.with { ledger in
      _ = try await ledger.writer()
      try await ledger.asSuperuser(
        "SET ROLE raiz_writer; SELECT raiz.ensure_partitions(2 * 16777216)")
      let partitions = try await ledger.number(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'raiz.events'::regclass")
      #expect(partitions == 3)
      try await ledger.asSuperuser(
        """
        INSERT INTO raiz.events SELECT ledger, 16777216 * 2 + 5, 's', 1, '', sha256('')
        FROM raiz.ledgers
        """)
      for table in ["raiz.events_p000000", "raiz.events_p000002"] {
        for statement in [
          "UPDATE \(table) SET version = 9", "DELETE FROM \(table)", "TRUNCATE \(table)",
        ] {
          #expect(await sqlState(statement, as: "RESET ROLE", ledger) == "RZ003", "\(statement)")
        }
      }
      let tooFar = await sqlState(
        "SELECT raiz.ensure_partitions(1000000000000)", as: "SET ROLE raiz_writer", ledger)
      #expect(tooFar == "RZ004")
    }
  }

  @Test func `heads only go forward`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("a", ["lot:1"]))
      await writer.close()
      for change in [
        "ledgers SET size = 0", "ledgers SET last_recorded_at = to_timestamp(0)",
      ] {
        let refused = await sqlState(
          "UPDATE raiz.\(change)", as: "SET ROLE raiz_writer", ledger)
        #expect(refused == "RZ003", "\(change)")
      }
      let epoch = await sqlState(
        "UPDATE raiz.ledgers SET epoch = 5", as: "SET ROLE raiz_writer", ledger)
      #expect(epoch == "42501")
    }
  }
}

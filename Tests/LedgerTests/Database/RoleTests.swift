import PostgreSQL
import TestSupport
import Testing

@testable import Database

/// Every role tries everything on every table.
@Suite(.serialized) struct RoleTests {
  /// A database with all migrations and a second partition.
  private func with(_ body: (Session) async throws -> Void) async throws {
    let target = try await TestServer.shared().database(postgis: true)
    let session = try await Session.connect(target)
    do {
      _ = try await Migrations.apply(to: session)
      try await session.script(
        """
        SELECT raiz.ensure_partitions(16777216);
        DO $$ BEGIN CREATE ROLE \(RoleMatrix.stranger) NOLOGIN;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        """)
      try await body(session)
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }

  /// The SQLSTATE that an attempt fails with; nil where it is done. Nothing of it stays.
  private func attempt(_ statement: String, as role: String, _ session: Session) async throws
    -> String?
  {
    var state: String?
    do {
      try await session.script("BEGIN; SET LOCAL ROLE \(role); \(statement)")
    } catch let error as PostgresError {
      state = error.sqlState ?? "lost"
    }
    try await session.script("ROLLBACK")
    return state
  }

  private func letter(_ letter: Character, _ state: String?) -> Character {
    switch state {
    case "42501": "-"
    case "RZ003": "!"
    // Whatever else is wrong with it, the role was let in.
    default: letter
    }
  }

  private func texts(_ query: SQL, _ session: Session) async throws -> [String] {
    try await session.query(query).map { try $0.decode(0) }
  }

  private func tables(_ session: Session) async throws -> [String] {
    try await texts(
      """
      SELECT n.nspname || '.' || c.relname FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (n.nspname LIKE 'raiz%' OR c.relname LIKE 'raiz%') ORDER BY 1
      """, session)
  }

  private func columns(_ table: String, _ session: Session) async throws -> [String] {
    try await texts(
      """
      SELECT attname::text FROM pg_attribute
      WHERE attrelid = \(table)::text::regclass AND attnum > 0 AND NOT attisdropped
      """, session)
  }

  private func tried(_ table: String, as role: String, _ session: Session) async throws -> String {
    var tried = ""
    for (name, statement) in RoleMatrix.attempts {
      let text = statement(table)
      guard text.contains("{column}") else {
        tried.append(letter(name, try await attempt(text, as: role, session)))
        continue
      }
      var updated: Set<String> = []
      var letters: Set<Character> = []
      let columns = try await columns(table, session)
      for column in columns {
        let state = try await attempt(
          text.replacing("{column}", with: "\"\(column)\""), as: role, session)
        letters.insert(letter(name, state))
        if letter(name, state) == name { updated.insert(column) }
      }
      if letters.count == 1, let only = letters.first {
        tried.append(only)
      } else {
        #expect(updated == RoleMatrix.columns[table], "\(table) \(role)")
        tried.append("u")
      }
    }
    return tried
  }

  @Test func `each role can do to each table what the matrix says and no more`() async throws {
    try await with { session in
      let tables = try await tables(session)
      // A table that nobody thought about here is a table that nobody thought about.
      #expect(Set(tables) == Set(RoleMatrix.expected.keys))
      for table in tables {
        for (index, role) in RoleMatrix.roles.enumerated() {
          let found = try await tried(table, as: role, session)
          #expect(found == RoleMatrix.expected[table]?[index], "\(table) \(role)")
        }
      }
    }
  }

  @Test func `functions and sequences are open to those who need them`() async throws {
    try await with { session in
      for role in RoleMatrix.roles.dropFirst() {
        let open = try await texts(
          """
          SELECT p.pronamespace::regnamespace || '.' || p.proname FROM pg_proc p
          WHERE p.pronamespace::regnamespace::text LIKE 'raiz%'
            AND has_function_privilege(\(role), p.oid, 'EXECUTE')
          """, session)
        let wanted = RoleMatrix.functions.filter { $0.value.contains(role) }.map(\.key)
        #expect(Set(open) == Set(wanted), "\(role)")
        for statement in [
          "SELECT raiz.end_epoch(1)", "SELECT raiz.make_append_only('raiz.ledgers')",
          "SELECT nextval('raiz.ledgers_ledger_seq')",
          "SELECT setval('raiz.ledgers_ledger_seq', 1)",
        ] {
          let state = try await attempt(statement, as: role, session)
          #expect(state == "42501", "\(role): \(statement)")
        }
      }
    }
  }

  @Test func `no role makes anything, switches triggers off or becomes another`() async throws {
    try await with { session in
      let schemas = ["raiz", "raiz_read", "raiz_vault", "public"]
      let attempts =
        schemas.flatMap {
          [
            "CREATE TABLE \($0).x (y int)", "CREATE VIEW \($0).x AS SELECT 1",
            "CREATE FUNCTION \($0).x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          ]
        } + [
          "CREATE TEMP TABLE x (y int)", "CREATE SCHEMA x", "CREATE ROLE x",
          "ALTER POLICY regulated ON raiz.attachments USING (true)",
          "ALTER TABLE raiz.attachments DISABLE ROW LEVEL SECURITY",
          "DROP TRIGGER append_only ON raiz.events", "DROP SCHEMA raiz CASCADE",
          "SELECT raiz.refuse_change()",
        ]
      for role in RoleMatrix.roles {
        let state = try await attempt("SET session_replication_role = replica", as: role, session)
        #expect(state == "42501", "\(role)")
        for other in RoleMatrix.roles where other != role {
          let rows = try await session.query(
            "SELECT pg_has_role(\(role)::text::name, \(other)::text::name, 'MEMBER')")
          #expect(try rows.first?.decode(0) == false, "\(role) is \(other)")
        }
        guard role != "raiz_owner" else { continue }
        for statement in attempts {
          let state = try await attempt(statement, as: role, session)
          #expect(state == "42501", "\(role): \(statement)")
        }
      }
    }
  }

  @Test func `a superuser with replication's role is refused by trigger too`() async throws {
    try await with { session in
      let whole = ["UPDATE {t} SET ledger = 9", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"]
      let appendOnly = [
        "raiz.events", "raiz.events_p000000", "raiz.events_p000001", "raiz.event_keys",
        "raiz.tiles", "raiz.checkpoints", "raiz.cosignatures",
      ]
      let statements =
        appendOnly.flatMap { table in whole.map { $0.replacing("{t}", with: table) } } + [
          "UPDATE raiz.attachments SET media_type = ''", "TRUNCATE raiz.attachments",
          "DELETE FROM raiz.ledgers", "TRUNCATE raiz.ledgers CASCADE",
          "DELETE FROM raiz.streams", "TRUNCATE raiz.streams",
          "INSERT INTO raiz_vault.person_keys SELECT 1, 'a', sha256('')",
        ]
      for statement in statements {
        let replica = "RESET ROLE; SET session_replication_role = replica; " + statement
        let state = try await attempt(replica, as: "raiz_owner", session)
        #expect(state == "RZ003", "\(statement)")
      }
    }
  }

  @Test func `a regulator sees evidence and no ciphertext, and evidence is not deleted`()
    async throws
  {
    try await with { session in
      try await session.script(
        """
        INSERT INTO raiz.attachments (ledger, digest, media_type, bytes) VALUES
          (1, sha256('map'), 'application/geo+json', 'map'),
          (1, sha256('name'), 'application/vnd.raiz.sealed', 'name');
        """)
      for (role, seen) in [("raiz_writer", 2), ("raiz_reader", 2), ("raiz_regulator", 1)] {
        try await session.script("SET ROLE \(role)")
        let rows = try await session.query("SELECT count(*) FROM raiz.attachments")
        #expect(try rows.first?.decode(0) == Int64(seen), "\(role)")
        try await session.script("RESET ROLE")
      }
      for role in ["raiz_writer", "raiz_owner"] {
        let kept = "DELETE FROM raiz.attachments WHERE media_type LIKE '%json'"
        let state = try await attempt(kept, as: role, session)
        #expect(state == "RZ003", "\(role)")
        let erased = "DELETE FROM raiz.attachments WHERE media_type LIKE '%sealed'"
        let done = try await attempt(erased, as: role, session)
        #expect(done == nil, "\(role)")
      }
    }
  }
}

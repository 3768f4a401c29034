import Application
import Ledger
import PostgreSQL
import Testing
import Traceability

@testable import ReadModels

/// A column of a table of the read models.
private struct Column {
  let table: String
  let name: String
  let type: String
  /// Names the row.
  let isKey: Bool

  /// Something else than what it holds, as SQL.
  var changed: String? {
    switch type {
    case "text": "coalesce(\(name), '') || 'x'"
    case "int2": "(\(name) + 1) % 3"
    case "int8": "\(name) + 1"
    case "bool": "NOT \(name)"
    case "float8": "\(name) * (1 + 1e-15)"
    case "jsonb": "jsonb_build_array(\(name))"
    case "_text": "array_append(\(name), 'x')"
    case "timestamptz": "\(name) + interval '1 microsecond'"
    case "date": "coalesce(\(name), '2026-01-01') + 1"
    case "geometry": "ST_Translate(\(name), 1e-12, 0)"
    default: nil
    }
  }
}

extension Workshop {
  /// All columns of the tables that the projection writes, but the ledger's number.
  fileprivate func columns() async throws -> [Column] {
    let session = try await Session.connect(target)
    let rows = try await session.query(
      """
      SELECT c.relname::text AS table, a.attname::text AS name, t.typname::text AS type,
        a.attnum = ANY(i.indkey::smallint[]) AS key
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        JOIN pg_type t ON t.oid = a.atttypid
        JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = 'raiz_read'::regnamespace AND c.relkind = 'r'
        AND c.relname <> 'projections' AND a.attname <> 'ledger' AND NOT a.attisdropped
      ORDER BY c.relname, a.attnum
      """)
    await session.close()
    return try rows.map { row in
      Column(
        table: try row.decode("table"), name: try row.decode("name"),
        type: try row.decode("type"), isKey: try row.decode("key"))
    }
  }

  /// What the database makes of a text.
  fileprivate func asked(_ sql: SQL) async throws -> String {
    let session = try await Session.connect(target)
    let rows = try await session.query(sql)
    await session.close()
    return try #require(rows.first).decode(0)
  }
}

@Suite struct ProjectionAuditTests {
  /// How the audit names the rows of a table.
  private static let kinds = [
    "organisations": "organisation", "producers": "producer", "datasets": "dataset",
    "plots": "plot", "lots": "lot", "lot_inputs": "input", "shipments": "shipment",
    "shipment_loads": "load", "tanks": "tank", "movements": "movement",
    "statements": "statement", "findings": "finding",
  ]

  @Test func `given any column of any table changed when audited then it is named`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    _ = try await workshop.raiz.statement(for: try ShipmentCode("EMB-25-0010"), recordedBy: "test")
    #expect(try await workshop.raiz.audit().isSound)

    let tables = Dictionary(grouping: try await workshop.columns(), by: \.table)
    #expect(Set(tables.keys) == Set(Self.kinds.keys))
    for (table, columns) in tables {
      let changes = try columns.filter { !$0.isKey }.map { column in
        "\(column.name) = \(try #require(column.changed, "\(column.type) of \(table)"))"
      }
      let keys = columns.filter(\.isKey).map(\.name).joined(separator: ", ")
      try await workshop.asSuperuser(
        """
        UPDATE raiz_read.\(table) SET \(changes.joined(separator: ", ")) WHERE ctid = (
          SELECT ctid FROM raiz_read.\(table) ORDER BY \(keys) LIMIT 1);
        """)
    }
    let audit = try await workshop.raiz.audit()
    #expect(audit.ledger.isSound)
    for (table, columns) in tables {
      let kind = try #require(Self.kinds[table])
      let named = audit.readModels.differences.filter { $0.subject.hasPrefix(kind + ":") }
        .compactMap { $0.detail.split(separator: ":").first.map(String.init) }
      #expect(
        Set(named) == Set(columns.filter { !$0.isKey }.map(\.name)), "in \(table): \(named)")
    }
    await workshop.close()
  }

  @Test func `given an accent written otherwise when audited then it is named`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    try await workshop.asSuperuser(
      "UPDATE raiz_read.organisations SET name = normalize(name, NFD) WHERE code = 'CRM'")
    let differences = try await workshop.raiz.audit().readModels.differences
    #expect(differences.map(\.subject) == ["organisation:CRM"])
    #expect(differences.first?.detail.hasPrefix("name: ") == true)
    await workshop.close()
  }

  @Test func `given rows renamed when audited then both names are told`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    _ = try await workshop.raiz.statement(for: try ShipmentCode("EMB-25-0010"), recordedBy: "test")
    let tables = Dictionary(grouping: try await workshop.columns().filter(\.isKey), by: \.table)
    var renamed: Set<String> = []
    for (table, keys) in tables {
      guard let key = keys.first(where: { $0.type == "text" }) else { continue }
      let names = keys.map(\.name).joined(separator: ", ")
      try await workshop.asSuperuser(
        """
        UPDATE raiz_read.\(table) SET \(key.name) = \(key.name) || 'Z' WHERE ctid = (
          SELECT ctid FROM raiz_read.\(table) ORDER BY \(names) DESC LIMIT 1);
        """)
      renamed.insert(try #require(Self.kinds[table]))
    }
    let report = try await workshop.raiz.audit().readModels
    for kind in renamed {
      let details = report.differences.filter { $0.subject.hasPrefix(kind + ":") }.map(\.detail)
      #expect(details.contains { $0.hasPrefix("the table has a row") }, "\(kind)")
      #expect(details.contains { $0.hasPrefix("the table has no row") }, "\(kind)")
    }
    #expect(renamed == Set(Self.kinds.values))
    await workshop.close()
  }

  @Test(arguments: [
    "{\"type\":\"Point\",\"coordinates\":[-76.123456789012345,-8.1234567890123456]}",
    "{\"type\":\"Polygon\",\"coordinates\":[[[-76.5,-8.25],[-76,-8],[-76.25,0.1],[-76.5,-8.25]],"
      + "[[-76.4,-8.2],[-76.1,-8.1],[-76.3,-8.0000000000000018],[-76.4,-8.2]]]}",
    "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],"
      + "[[[2,2],[3,2],[3,3.0000000001],[2,2]],[[2.5,2.1],[2.6,2.1],[2.6,2.2],[2.5,2.1]]]]}",
  ])
  func `given an outline then its bytes are those that PostGIS has`(text: String) async throws {
    let workshop = try await Workshop.open()
    let theirs = try await workshop.asked(
      "SELECT encode(ST_AsBinary(ST_GeomFromGeoJSON(\(text)), 'NDR'), 'hex')")
    #expect(OutlineBytes.hex(ofGeoJSON: text) == theirs)
    await workshop.close()
  }

  @Test(arguments: [
    "", "{\"type\":\"Point\"}", "{\"type\":\"Point\",\"coordinates\":[1,2,3]}",
    "{\"type\":\"Polygon\",\"coordinates\":[[[1,2]]}",
    "{\"type\":\"Point\",\"coordinates\":[1,2]}x",
    "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3]]]}",
  ])
  func `given no canonical outline then there are no bytes`(text: String) {
    #expect(OutlineBytes.hex(ofGeoJSON: text) == nil)
  }

  @Test func `given JSON as the database writes it then it says the same`() async throws {
    let workshop = try await Workshop.open()
    for value in [
      ["plain": "a", "b": ""], ["quote\"": "back\\slash / \u{1}\n\t\r\u{8}\u{c}\u{1f}"],
      ["ñandú": "Río Huallaga → 🌱", "aa": "z", "b": "y", "A": "x"], [:],
    ] {
      let ours = try JSONText.of([value])
      let theirs = try await workshop.asked("SELECT \(ours)::jsonb::text")
      #expect(JSONText.isSame(ours, theirs), "\(ours) \(theirs)")
    }
    await workshop.close()
  }

  @Test(arguments: [
    ("{\"a\": 1}", "{\"a\":1}", true), ("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true),
    ("[1,2]", "[2,1]", false), ("{\"a\":\"1\"}", "{\"a\":1}", false), ("[]", "[]", true),
    ("[]", "{}", false), ("[1", "[1", false), ("\"\\u0041\"", "\"\\u0041\"", true),
    ("\"a\\\\nb\"", "\"a\\nb\"", false), ("{\"a\":1}", "{\"a\":1,\"b\":1}", false),
    ("[\"a,b\"]", "[\"a\",\"b\"]", false), ("", "", false), ("1 2", "1 2", false),
  ])
  func `given two texts then they are the same where they say the same`(
    left: String, right: String, same: Bool
  ) {
    #expect(JSONText.isSame(left, right) == same)
  }
}

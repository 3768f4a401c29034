/// What each role can do to each table, written out. One letter an attempt: itself where it is
/// allowed, `u` where some columns can be updated, `-` where the right is missing, `!` where the
/// right is there and a trigger refuses.
enum RoleMatrix {
  static let roles = [
    "raiz_owner", "raiz_writer", "raiz_reader", "raiz_regulator", stranger,
  ]
  /// Any other login of the server: what PUBLIC has.
  static let stranger = "raiz_test_stranger"

  static let attempts: [(letter: Character, statement: @Sendable (String) -> String)] = [
    ("S", { "SELECT * FROM \($0) LIMIT 0" }),
    ("I", { "INSERT INTO \($0) DEFAULT VALUES" }),
    ("U", { "UPDATE \($0) SET {column} = DEFAULT WHERE false" }),
    ("D", { "DELETE FROM \($0) WHERE false" }),
    ("T", { "TRUNCATE \($0) CASCADE" }),
    ("X", { "DROP TABLE \($0) CASCADE" }),
    ("A", { "ALTER TABLE \($0) DISABLE TRIGGER USER" }),
    (
      "G",
      {
        "CREATE TRIGGER x BEFORE UPDATE ON \($0) FOR EACH ROW"
          + " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
      }
    ),
  ]

  private static let none = "--------"
  private static let read = "S-------"
  private static let appendOnly = ["SI!!!XAG", "SI------", read, read, none]
  private static let readModel = ["SIUDTXAG", "SIUD----", read, read, none]
  private static let head = ["SIU!!XAG", "SIu-----", read, read, none]

  /// By table, in the order of `roles`.
  static let expected: [String: [String]] = [
    "raiz.ledgers": head,
    "raiz.streams": appendOnly,
    "raiz.events": appendOnly,
    // A partition is reached through its parent only.
    "raiz.events_p000000": ["SI!!!XAG", none, none, none, none],
    "raiz.events_p000001": ["SI!!!XAG", none, none, none, none],
    "raiz.event_keys": ["SI!!!XAG", "SI------", read, none, none],
    "raiz.attachments": ["SI!D!XAG", "SI-D----", read, read, none],
    "raiz.tiles": appendOnly,
    "raiz.checkpoints": appendOnly,
    "raiz.cosignatures": appendOnly,
    // Follow from the events.
    "raiz.head_maps": readModel,
    "raiz.head_leaves": readModel,
    "raiz.head_pages": readModel,
    "raiz_read.projections": readModel,
    "raiz_read.organisations": readModel,
    "raiz_read.producers": readModel,
    "raiz_read.datasets": readModel,
    "raiz_read.plots": readModel,
    "raiz_read.lots": readModel,
    "raiz_read.lot_inputs": readModel,
    "raiz_read.shipments": readModel,
    "raiz_read.shipment_loads": readModel,
    "raiz_read.statements": readModel,
    "raiz_read.findings": readModel,
    "raiz_read.tanks": readModel,
    "raiz_read.movements": readModel,
    "raiz_vault.person_keys": ["S!!DTXAG", none, none, none, none],
    "public.raiz_migrations": [none, read, read, read, none],
  ]

  /// The columns that a role can update where it cannot update all.
  static let columns: [String: Set<String>] = [
    "raiz.ledgers": ["size", "root", "frontier", "last_recorded_at"]
  ]

  /// Who besides the owner can call a function; nobody where it is not named.
  static let functions: [String: Set<String>] = [
    "raiz.refuse_append": ["raiz_writer"],
    "raiz.require_versions": ["raiz_writer"],
    "raiz.stream_versions": ["raiz_writer", "raiz_reader", "raiz_regulator"],
    "raiz.ensure_partitions": ["raiz_writer"],
    "raiz_read.verdict_text": ["raiz_writer", "raiz_reader", "raiz_regulator"],
  ]
}

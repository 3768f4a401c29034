public import Ledger
public import PostgreSQL
public import Traceability
import ValueTypes

/// Keeps the read models level with the log, whoever calls: each batch's rows and the new
/// position are one transaction, and the position's row is its lock.
public struct Projector: Sendable {
  public static let name = "custody"
  private static let batch = 5_000

  private let pool: Pool
  private let reader: LedgerReader
  private let policy: Policy
  private let gate = CatchUpGate()
  /// The ledger's number in the tables.
  public let ledger: Int64
  /// The code of the policy that judges the rows, as `raiz_read.projections` names it.
  public var rules: String { policy.code }

  public init(pool: Pool, reader: LedgerReader, ledger: Int64, policy: Policy) {
    self.pool = pool
    self.reader = reader
    self.ledger = ledger
    self.policy = policy
  }

  /// Applies everything the log holds; returns the position reached.
  @discardableResult
  public func catchUp() async throws -> Int64 {
    try await gate.pass {
      while true {
        let (position, count) = try await step()
        if count == 0 { return position }
      }
    }
  }

  /// Drops every row and applies the whole log anew, in one transaction per batch.
  public func rebuild() async throws -> Int64 {
    try await pool.withSession { session in
      try await session.transaction { session in try await self.clear(session) }
    }
    return try await catchUp()
  }

  private func clear(_ session: Session) async throws {
    for table in Self.tables {
      try await session.execute(
        "DELETE FROM \(identifier: "raiz_read").\(identifier: table) WHERE ledger = \(ledger)")
    }
  }

  private static let tables = [
    "projections", "organisations", "producers", "datasets", "plots", "lots", "lot_inputs",
    "shipments", "shipment_loads", "statements", "findings", "tanks",
    "movements",
  ]

  private func step() async throws -> (position: Int64, count: Int) {
    try await pool.withSession { session in
      try await session.transaction { session in
        let from = try await self.lockedPosition(session)
        let events = try await reader.events(from: from, limit: Self.batch)
        guard let last = events.last else { return (from, 0) }
        var expected = from
        for event in events {
          guard event.position == expected else {
            throw ProjectionError.hole(expected: expected, found: event.position)
          }
          expected += 1
        }
        try await self.apply(events, session)
        try await session.execute(
          """
          UPDATE raiz_read.projections SET position = \(last.position + 1)
          WHERE ledger = \(ledger) AND name = \(Self.name)
          """)
        return (last.position + 1, events.count)
      }
    }
  }

  /// Where to go on; at the beginning, with no rows, where other rules judged those that stand.
  private func lockedPosition(_ session: Session) async throws -> Int64 {
    try await enter(session)
    let rows = try await session.query(
      """
      SELECT position, policy FROM raiz_read.projections
      WHERE ledger = \(ledger) AND name = \(Self.name) FOR UPDATE
      """)
    guard let row = rows.first else { return 0 }
    if try row.decode("policy", as: String.self) == policy.code {
      return try row.decode("position")
    }
    try await clear(session)
    try await enter(session)
    return 0
  }

  private func enter(_ session: Session) async throws {
    try await session.execute(
      """
      INSERT INTO raiz_read.projections (ledger, name, position, policy)
      VALUES (\(ledger), \(Self.name), 0, \(policy.code)) ON CONFLICT DO NOTHING
      """)
  }

  private func apply(_ events: [RecordedEvent], _ session: Session) async throws {
    var touched = TouchedSubjects()
    let facts = try await LedgerFold.facts(of: events)
    for read in facts {
      touched.take(read.fact, in: read.stream, at: read.event.envelope.occurredAt)
    }
    let limit = (events.last?.position ?? -1) + 1
    var world = World()
    var loaded: Set<StreamKey> = []
    let loader = WorldLoader(reader: reader)
    try await loader.load(touched.streams, into: &world, loaded: &loaded, before: limit)
    touched.addDrawOffs(in: world)
    try await loader.load(touched.streams, into: &world, loaded: &loaded, before: limit)
    let tanks = Set(world.tanks(giving: touched.lots).map(StreamKey.tank))
    try await loader.load(tanks, into: &world, loaded: &loaded, before: limit)
    let neighbours = touched.neighbours(in: world)
    try await loader.load(neighbours, into: &world, loaded: &loaded, before: limit)
    try await write(touched, world, session)
    try await writeMovements(facts, world, session)
  }

  /// Books: new lines, or all lines of a lot whose earlier acts came to something else.
  private func writeMovements(
    _ facts: [RecordedFact], _ world: World, _ session: Session
  ) async throws {
    var first: [LotCode: Int64] = [:]
    for read in facts {
      guard read.stream.kind == .lot, let code = try? LotCode(read.stream.code) else { continue }
      first[code] = min(first[code] ?? .max, read.event.envelope.version)
    }
    let lots = first.keys.sorted().compactMap { world.lots[$0] }
    let writer = RowWriter(session: session, ledger: ledger)
    try await writer.removeMovements(
      of: lots.filter(\.isRederived).map(\.stream.description))
    try await writer.write(
      lots.flatMap { lot in
        MovementRow.rows(of: lot, from: lot.isRederived ? 1 : first[lot.code] ?? 1)
      })
    try await writer.write(
      facts.flatMap { MovementRow.rows(of: $0.fact, $0.event, in: world) })
  }

  /// Fetches outlines too long for their event: without them an overlap would go unseen.
  private func outlined(_ rows: [PlotRow]) async throws -> [PlotRow] {
    var rows = rows
    for index in rows.indices where rows[index].geoJSON == nil {
      guard let digest = SHA256Digest(hex: rows[index].geometryDigest),
        let attachment = try await reader.attachment(digest)
      else { continue }
      rows[index].geoJSON = String(decoding: attachment.bytes, as: UTF8.self)
    }
    return rows
  }

  private func write(
    _ touched: TouchedSubjects, _ world: World, _ session: Session
  ) async throws {
    let judge = Judge(world: world, policy: policy)
    let writer = RowWriter(session: session, ledger: ledger)
    try await writer.write(touched.organisations.sorted().compactMap { world.organisations[$0] })
    try await writer.write(touched.producers.sorted().compactMap { world.producers[$0] })
    try await writer.write(
      touched.datasets.sorted().compactMap { world.datasets[$0] }, superseded: world.superseded)
    try await writer.write(touched.tanks.sorted().compactMap { world.tanks[$0].map(TankRow.init) })
    try await writer.write(touched.statements.sorted().compactMap { world.statements[$0] })
    try await writer.write(touched.findings.sorted().compactMap { world.findings[$0] })
    try await writer.write(
      try await outlined(touched.plots.sorted().compactMap { try PlotRow($0, judge, world) }))
    try await writer.write(try touched.lots.sorted().compactMap { try LotRow($0, judge, world) })
    try await writer.write(
      try touched.shipments.sorted().compactMap { try ShipmentRow($0, judge, world) })
    try await VerdictFlow(session: session, ledger: ledger).run(
      lots: touched.lots.map(\.text).sorted(), plots: touched.plots.map(\.text).sorted(),
      shipments: touched.shipments.map(\.text).sorted())
  }
}

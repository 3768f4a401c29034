import PostgreSQL
import ProvenanceGraph

/// Loads the whole graph from the read models, row by row as they come on the wire.
struct ProvenanceLoad {
  private(set) var state: ProvenanceState
  private let ledger: Int64
  // Links in the order in which they come: owner, source, grams.
  private var owners: [UInt32] = []
  private var sources: [UInt32] = []
  private var grams: [Int64] = []

  init(ledger: Int64, seed: UInt64) {
    self.ledger = ledger
    state = ProvenanceState(seed: seed)
  }

  /// - Parameter session: in a transaction that sees one state of the tables.
  mutating func run(_ session: Session) async throws -> ProvenanceState {
    let rows = try await session.query(
      """
      SELECT (SELECT count(*) FROM raiz_read.plots WHERE ledger = \(ledger))
        + (SELECT count(*) FROM raiz_read.lots WHERE ledger = \(ledger))
        + (SELECT count(*) FROM raiz_read.shipments WHERE ledger = \(ledger)) AS nodes,
        (SELECT count(*) FROM raiz_read.lot_inputs WHERE ledger = \(ledger))
        + (SELECT count(*) FROM raiz_read.shipment_loads WHERE ledger = \(ledger))
        + (SELECT count(*) FROM raiz_read.lots WHERE ledger = \(ledger) AND plot IS NOT NULL)
        AS links
      """)
    guard let row = rows.first else { return state }
    let nodes: Int64 = try row.decode("nodes")
    let links: Int64 = try row.decode("links")
    // A little more, so that the first additions do not move all.
    state.reserve(lots: Int(nodes + nodes / 64), links: Int(links + links / 64))
    try await plots(session)
    try await lots(session)
    try await draws(session)
    try await shipments(session)
    try link()
    state.judge()
    return state
  }

  // By code: what is made of each other is mostly near each other by code, so a walk stays near.
  private mutating func plots(_ session: Session) async throws {
    let statement: SQL = """
      COPY (SELECT code, own_rank::int8, producer, district FROM raiz_read.plots
        WHERE ledger = \(number: ledger) ORDER BY code COLLATE "C") TO STDOUT (FORMAT binary)
      """
    try await session.forEachCopyPage(statement) { page in
      let bytes = page.bytes.span
      var cursor = CopyCursor()
      while try cursor.row(of: 4, in: bytes) {
        let node = try self.node(.plot, &cursor, bytes)
        state.set(own: UInt8(clamping: try cursor.number(bytes)), mass: 0, of: node)
        state.noteLoaded(plot: node)
        if let producer = try cursor.column(in: bytes) {
          try state.set(producer: bytes.extracting(producer), of: node)
        }
        if let district = try cursor.column(in: bytes) {
          try state.set(district: bytes.extracting(district), of: node)
        }
      }
    }
  }

  private mutating func lots(_ session: Session) async throws {
    let statement: SQL = """
      COPY (SELECT code, own_rank::int8, created_grams, unknown_grams, found_grams, plot
        FROM raiz_read.lots WHERE ledger = \(number: ledger) ORDER BY code COLLATE "C")
        TO STDOUT (FORMAT binary)
      """
    try await session.forEachCopyPage(statement) { page in
      let bytes = page.bytes.span
      var cursor = CopyCursor()
      while try cursor.row(of: 6, in: bytes) {
        let node = try self.node(.lot, &cursor, bytes)
        state.noteLoaded(lot: node)
        let own = UInt8(clamping: try cursor.number(bytes))
        let mass = try cursor.number(bytes)
        state.set(own: own, mass: mass, of: node)
        let unknown = try cursor.number(bytes)
        let found = try cursor.number(bytes)
        if let plot = try cursor.column(in: bytes) {
          add(try state.node(bytes.extracting(plot), .plot), mass, to: node)
        }
        if unknown > 0 { add(CustodyGraph.unknown, unknown, to: node) }
        if found > 0 { add(CustodyGraph.found, found, to: node) }
      }
    }
  }

  private mutating func draws(_ session: Session) async throws {
    let statement: SQL = """
      COPY (SELECT lot, input, grams FROM raiz_read.lot_inputs
        WHERE ledger = \(number: ledger)) TO STDOUT (FORMAT binary)
      """
    try await links(session, statement, into: .lot)
  }

  private mutating func shipments(_ session: Session) async throws {
    let statement: SQL = """
      COPY (SELECT code, own_rank::int8 FROM raiz_read.shipments
        WHERE ledger = \(number: ledger)) TO STDOUT (FORMAT binary)
      """
    try await session.forEachCopyPage(statement) { page in
      let bytes = page.bytes.span
      var cursor = CopyCursor()
      while try cursor.row(of: 2, in: bytes) {
        let node = try self.node(.shipment, &cursor, bytes)
        state.set(own: UInt8(clamping: try cursor.number(bytes)), mass: 0, of: node)
      }
    }
    let loads: SQL = """
      COPY (SELECT shipment, lot, sum(grams)::int8 FROM raiz_read.shipment_loads
        WHERE ledger = \(number: ledger) GROUP BY shipment, lot) TO STDOUT (FORMAT binary)
      """
    try await links(session, loads, into: .shipment)
  }

  private mutating func links(
    _ session: Session, _ statement: SQL, into kind: CustodyGraph.Kind
  ) async throws {
    // The rows of an owner mostly follow each other: its code is looked up once.
    var last: UInt32?
    try await session.forEachCopyPage(statement) { page in
      let bytes = page.bytes.span
      var cursor = CopyCursor()
      while try cursor.row(of: 3, in: bytes) {
        let owner = try self.node(kind, &cursor, bytes, unless: last)
        last = owner
        let source = try self.node(.lot, &cursor, bytes)
        add(source, try cursor.number(bytes), to: owner)
      }
    }
  }

  private mutating func node(
    _ kind: CustodyGraph.Kind, _ cursor: inout CopyCursor, _ bytes: Span<UInt8>,
    unless last: UInt32? = nil
  ) throws -> UInt32 {
    guard let code = try cursor.column(in: bytes) else {
      throw PostgresError(.decodingFailed, "a row of the read models has no code")
    }
    let text = bytes.extracting(code)
    if let last, state.codes.holds(last, text, kind.rawValue) { return last }
    return try state.node(text, kind)
  }

  private mutating func add(_ source: UInt32, _ grams: Int64, to owner: UInt32) {
    owners.append(owner)
    sources.append(source)
    self.grams.append(grams)
  }

  /// Brings each node's links together (a counting sort) and gives them to it.
  private mutating func link() throws {
    var ends = [UInt32](repeating: 0, count: state.graph.nodeCount)
    for owner in owners { ends[Int(owner)] += 1 }
    var sum: UInt32 = 0
    for node in ends.indices {
      sum += ends[node]
      ends[node] = sum
    }
    var sorted = [UInt32](repeating: 0, count: owners.count)
    for link in stride(from: owners.count - 1, through: 0, by: -1) {
      ends[Int(owners[link])] -= 1
      sorted[Int(ends[Int(owners[link])])] = UInt32(link)
    }
    var links: [CustodyGraph.Link] = []
    for node in ends.indices {
      let end = node + 1 < ends.count ? Int(ends[node + 1]) : sorted.count
      if Int(ends[node]) == end { continue }
      links.removeAll(keepingCapacity: true)
      for place in Int(ends[node])..<end {
        let link = Int(sorted[place])
        links.append(CustodyGraph.Link(sources[link], grams[link]))
      }
      try state.set(links: links, of: UInt32(node))
    }
    (owners, sources, grams) = ([], [], [])
  }
}

extension CopyCursor {
  fileprivate mutating func number(_ bytes: Span<UInt8>) throws(PostgresError) -> Int64 {
    guard let value = try int64(in: bytes) else {
      throw PostgresError(.decodingFailed, "a row of the read models has no number")
    }
    return value
  }
}

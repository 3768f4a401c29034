import Ledger
import PostgreSQL
import ProvenanceGraph
import ReadModels

/// The rows of the read models that some events changed, to be brought into the graph.
struct ProvenanceChanges: Sendable {
  private struct Plot: Sendable {
    let code: String
    let own: UInt8
    let producer: String?
    let district: String?
  }

  private struct Owner: Sendable {
    let code: String
    let kind: CustodyGraph.Kind
    let own: UInt8
    let mass: Int64
    let plot: String?
    let unknown: Int64
    let found: Int64
  }

  private struct Draw: Sendable {
    let source: String
    let grams: Int64
  }

  private let plots: [Plot]
  private let owners: [Owner]
  /// By kind and code of the owner.
  private var draws: [CustodyGraph.Kind: [String: [Draw]]] = [:]

  /// - Parameter session: in a transaction that sees one state of the tables.
  init(_ touched: TouchedRows, ledger: Int64, _ session: Session) async throws {
    plots = try await session.query(
      """
      SELECT code, own_rank, producer, district FROM raiz_read.plots
      WHERE ledger = \(ledger) AND code = ANY(\(touched.plots))
      """
    ).map { row in
      Plot(
        code: try row.decode("code"), own: try Self.rank(row),
        producer: try row.decode("producer", as: String?.self),
        district: try row.decode("district", as: String?.self))
    }
    let tapped = try await session.query(
      """
      SELECT code FROM raiz_read.lots WHERE ledger = \(ledger) AND tank = ANY(\(touched.tanks))
      """)
    let codes = Set(touched.lots)
      .union(try tapped.map { try $0.decode("code", as: String.self) }).sorted()
    let lots = try await session.query(
      """
      SELECT code, own_rank, created_grams, unknown_grams, found_grams, plot
      FROM raiz_read.lots WHERE ledger = \(ledger) AND code = ANY(\(codes))
      """
    ).map { row in
      Owner(
        code: try row.decode("code"), kind: .lot, own: try Self.rank(row),
        mass: try row.decode("created_grams"), plot: try row.decode("plot", as: String?.self),
        unknown: try row.decode("unknown_grams"), found: try row.decode("found_grams"))
    }
    let shipments = try await session.query(
      """
      SELECT code, own_rank FROM raiz_read.shipments
      WHERE ledger = \(ledger) AND code = ANY(\(touched.shipments))
      """
    ).map { row in
      Owner(
        code: try row.decode("code"), kind: .shipment, own: try Self.rank(row), mass: 0, plot: nil,
        unknown: 0, found: 0)
    }
    owners = lots + shipments
    for row in try await session.query(
      """
      SELECT lot AS owner, input AS source, grams FROM raiz_read.lot_inputs
      WHERE ledger = \(ledger) AND lot = ANY(\(codes))
      """)
    {
      try take(row, .lot)
    }
    for row in try await session.query(
      """
      SELECT shipment AS owner, lot AS source, sum(grams)::int8 AS grams
      FROM raiz_read.shipment_loads
      WHERE ledger = \(ledger) AND shipment = ANY(\(touched.shipments)) GROUP BY shipment, lot
      """)
    {
      try take(row, .shipment)
    }
  }

  private mutating func take(_ row: Row, _ kind: CustodyGraph.Kind) throws {
    let owner: String = try row.decode("owner")
    draws[kind, default: [:]][owner, default: []].append(
      Draw(source: try row.decode("source"), grams: try row.decode("grams")))
  }

  private static func rank(_ row: Row) throws -> UInt8 {
    UInt8(clamping: try row.decode("own_rank", as: Int16.self))
  }

  func apply(to state: inout ProvenanceState) throws {
    var changed: [UInt32] = []
    for plot in plots {
      let node = try state.node(plot.code, .plot)
      state.set(own: plot.own, mass: 0, of: node)
      if let producer = plot.producer.map({ Array($0.utf8) }) {
        try state.set(producer: producer.span, of: node)
      }
      if let district = plot.district.map({ Array($0.utf8) }) {
        try state.set(district: district.span, of: node)
      }
      changed.append(node)
    }
    for owner in owners {
      let node = try state.node(owner.code, owner.kind)
      state.set(own: owner.own, mass: owner.mass, of: node)
      var links: [CustodyGraph.Link] = []
      for draw in draws[owner.kind]?[owner.code] ?? [] {
        links.append(.init(try state.node(draw.source, .lot), draw.grams))
      }
      if let plot = owner.plot { links.append(.init(try state.node(plot, .plot), owner.mass)) }
      if owner.unknown > 0 { links.append(.init(CustodyGraph.unknown, owner.unknown)) }
      if owner.found > 0 { links.append(.init(CustodyGraph.found, owner.found)) }
      try state.set(links: links, of: node)
      changed.append(node)
    }
    state.flow(from: changed)
  }
}

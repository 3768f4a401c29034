import Ledger
import PostgreSQL
import ReadModels
public import Traceability
import ValueTypes

/// What people ask of lots.
extension Raiz {
  /// A page of lots by code.
  public func lots(_ filter: LotFilter) async throws -> LotPage {
    let limit = min(max(filter.limit, 1), LotFilter.limitMaximum)
    let rank = filter.verdict.map(VerdictRank.rank)
    let pattern = filter.text.map { "%" + Self.escapedForLike($0) + "%" }
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT code, product, holder, origin, created_at, created_grams, grams, in_transit_to,
          rank
        FROM raiz_read.lots
        WHERE ledger = \(reader.ledger)
          AND (\(optional: pattern)::text IS NULL OR code ILIKE \(optional: pattern))
          AND (\(optional: rank)::smallint IS NULL OR rank = \(optional: rank))
          AND (\(optional: filter.product?.text)::text IS NULL
            OR product = \(optional: filter.product?.text))
          AND (\(optional: filter.after?.text)::text IS NULL
            OR code COLLATE "C" > \(optional: filter.after?.text) COLLATE "C")
        ORDER BY code COLLATE "C" LIMIT \(limit + 1)
        """)
    }
    let lots = try rows.prefix(limit).map { try Self.summary($0) }
    return LotPage(lots: lots, next: rows.count > limit ? lots.last?.code : nil)
  }

  private static func escapedForLike(_ text: String) -> String {
    var out = ""
    for character in text {
      if character == "\\" || character == "%" || character == "_" { out.append("\\") }
      out.append(character)
    }
    return out
  }

  static func summary(_ row: Row) throws -> LotSummary {
    let created: PostgresTimestamp = try row.decode("created_at")
    return LotSummary(
      code: try LotCode(row.decode("code")), product: try ProductCode(row.decode("product")),
      holder: try row.decode("holder"), origin: try row.decode("origin"),
      createdAt: Timestamp(microseconds: created.microseconds)?.description ?? "",
      createdGrams: try row.decode("created_grams"), grams: try row.decode("grams"),
      inTransitTo: try row.decode("in_transit_to", as: String?.self),
      verdict: try VerdictRank.verdict(row.decode("rank")))
  }

  public func verdictCounts() async throws -> VerdictCounts {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT rank, count(*) AS lots FROM raiz_read.lots WHERE ledger = \(reader.ledger)
        GROUP BY rank
        """)
    }
    var counts: [Verdict: Int] = [:]
    for row in rows {
      counts[try VerdictRank.verdict(row.decode("rank"))] = try row.decode("lots")
    }
    return VerdictCounts(
      deforestationFree: counts[.deforestationFree] ?? 0,
      insufficientEvidence: counts[.insufficientEvidence] ?? 0,
      notCompliant: counts[.notCompliant] ?? 0)
  }

  /// One lot with its verdict derived anew from the log, not read from a table.
  ///
  /// - Throws: `ApplicationError.notFound`.
  public func lot(_ code: LotCode) async throws -> LotDetail {
    let evidence = try await evidence(for: .lot(code), downstream: false)
    guard let lot = evidence.world.lots[code] else {
      throw ApplicationError.notFound(.lot(code))
    }
    let judgement = Judge(world: evidence.world, policy: policy).judge(lot: code)
    let summary = LotSummary(
      code: code, product: lot.product, holder: lot.holder.description,
      origin: lot.origin.name, createdAt: lot.createdAt.description,
      createdGrams: lot.origin.grams.value, grams: lot.grams.value,
      inTransitTo: lot.transit?.to.text, verdict: judgement.verdict)
    return LotDetail(
      lot: summary, judgement: judgement, inputs: evidence.world.inputs(of: code),
      unknownOriginGrams: evidence.world.unknownOriginGrams(of: code), draws: lot.draws,
      history: try await history(of: .lot(code)),
      origins: try await origins(of: code, evidence.world),
      statements: try await statements(over: Self.shipments(of: lot)),
      certifications: Certifier(world: evidence.world).certifications(of: code),
      tank: evidence.world.passages(of: [code]).first)
  }

  private static func shipments(of lot: LotState) -> Set<ShipmentCode> {
    Set(
      lot.draws.flatMap(\.into).filter { $0.kind == .shipment }.compactMap {
        try? ShipmentCode($0.code)
      })
  }

  func history(of stream: StreamKey) async throws -> [HistoryEntry] {
    try await reader.events(ofStreams: [try .init(stream.description)]).map { event in
      HistoryEntry(
        position: event.position, version: event.envelope.version, type: event.envelope.type,
        occurredAt: event.envelope.occurredAt.description,
        recordedAt: event.envelope.recordedAt.description, recordedBy: event.envelope.recordedBy)
    }
  }

  /// Shares by plot, the largest first.
  func origins(of lot: LotCode, _ world: World) async throws -> [OriginShare] {
    let origins = Provenance(world: world).origins(of: lot)
    let erased = try await erased(
      among: origins.plots.keys.compactMap { world.plots[$0]?.registered.producer })
    let judge = Judge(world: world, policy: policy)
    var shares = origins.plots.map { plot, grams in
      OriginShare(
        plot: plot, grams: grams, verdict: judge.judge(plot: plot).verdict,
        producer: world.plots[plot]?.registered.producer,
        producerErased: world.plots[plot]?.registered.producer.map(erased.contains) ?? false,
        district: world.plots[plot]?.registered.district)
    }
    if origins.unknownGrams > 0 {
      shares.append(
        OriginShare(
          plot: nil, grams: origins.unknownGrams, verdict: .insufficientEvidence, producer: nil,
          producerErased: false, district: nil))
    }
    return shares.sorted {
      (-$0.grams, $0.plot?.text ?? "") < (-$1.grams, $1.plot?.text ?? "")
    }
  }
}

extension LotOrigin {
  /// The act that made the lot.
  var name: String {
    switch self {
    case .harvested: "harvest"
    case .purchased: "purchase"
    case .blended: "blend"
    case .split: "split"
    case .processed: "process"
    case .tapped: "tap"
    }
  }
}

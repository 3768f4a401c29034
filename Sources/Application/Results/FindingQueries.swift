import FoundationEssentials
import Ledger
import PostgreSQL
import ReadModels
public import Traceability
import ValueTypes

/// What people ask of findings.
extension Raiz {
  /// A page of findings by code.
  public func findings(_ filter: FindingFilter) async throws -> FindingPage {
    try await projector.catchUp()
    let limit = min(max(filter.limit, 1), FindingFilter.limitMaximum)
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT code, kind, severity, status, array_to_string(subjects, E'\\n') AS subjects,
          figures::text AS figures, assignee, due::text AS due, reviewer
        FROM raiz_read.findings
        WHERE ledger = \(reader.ledger)
          AND (\(optional: filter.status?.rawValue)::text IS NULL
            OR status = \(optional: filter.status?.rawValue))
          AND (\(optional: filter.kind?.rawValue)::text IS NULL
            OR kind = \(optional: filter.kind?.rawValue))
          AND (\(optional: filter.subject?.description)::text IS NULL
            OR code = ANY(ARRAY(SELECT f.code FROM raiz_read.findings f
              WHERE f.ledger = \(reader.ledger)
                AND f.subjects @> ARRAY[\(optional: filter.subject?.description)::text])))
          AND (\(optional: filter.assignee)::text IS NULL
            OR assignee = \(optional: filter.assignee))
          AND (\(optional: filter.after?.text)::text IS NULL
            OR code COLLATE "C" > \(optional: filter.after?.text) COLLATE "C")
        ORDER BY code COLLATE "C" LIMIT \(limit + 1)
        """)
    }
    let findings = try rows.prefix(limit).map { try Self.finding($0) }
    return FindingPage(
      findings: findings, next: rows.count > limit ? findings.last?.code : nil)
  }

  private static func finding(_ row: Row) throws -> FindingSummary {
    let kind: String = try row.decode("kind")
    let severity: String = try row.decode("severity")
    let status: String = try row.decode("status")
    guard let kind = FindingKind(rawValue: kind),
      let severity = FindingSeverity(rawValue: severity),
      let status = FindingStatus(rawValue: status)
    else { throw InvalidValue(expected: "finding", value: "\(kind) \(severity) \(status)") }
    let subjects: String = try row.decode("subjects")
    let figures: String = try row.decode("figures")
    return FindingSummary(
      code: try FindingCode(row.decode("code")), kind: kind, severity: severity, status: status,
      subjects: subjects.split(separator: "\n").compactMap { StreamKey($0) },
      figures: try JSONDecoder().decode([String: String].self, from: Data(figures.utf8)),
      assignee: try row.decode("assignee", as: String?.self),
      due: try row.decode("due", as: String?.self),
      reviewer: try row.decode("reviewer", as: String?.self))
  }

  /// One finding from the log, and what lies below its subjects.
  ///
  /// - Throws: `ApplicationError.notFound`.
  public func finding(_ code: FindingCode) async throws -> FindingDetail {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([.finding(code)], into: &world, loaded: &loaded)
    guard let finding = world.findings[code] else {
      throw ApplicationError.notFound(.finding(code))
    }
    var lots: Set<LotCode> = []
    var shipments: Set<ShipmentCode> = []
    var plots: [PlotCode] = []
    for subject in finding.raised.subjects {
      switch subject.kind {
      case .plot: plots.append(try PlotCode(subject.code))
      case .shipment: shipments.insert(try ShipmentCode(subject.code))
      default:
        let below = try await trace(subject)
        lots.formUnion(below.downstreamLots)
        shipments.formUnion(below.downstreamShipments)
      }
    }
    if !plots.isEmpty {
      try await projector.catchUp()
      let below = try await affected(by: plots)
      lots.formUnion(below.lots.map(\.code))
      shipments.formUnion(below.shipments.map(\.code))
    }
    return FindingDetail(
      finding: finding.raised, status: finding.status, assignment: finding.assignment,
      review: finding.review, reopenings: finding.reopenings,
      history: try await history(of: .finding(code)), holds: finding.holds, lots: lots.sorted(),
      shipments: shipments.sorted())
  }
}

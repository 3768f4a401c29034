import Ledger
import PostgreSQL
import ReadModels
public import Traceability
public import ValueTypes

/// Somebody's books over some days.
public struct BalanceReport: Sendable, Hashable, Codable {
  /// `organisation:ACO` or `producer:P-0001`.
  public let holder: Party
  public let from: CivilDate
  public let to: CivilDate
  /// So many events are in it. What is told later of these days changes the sheet.
  public let asOf: Int64
  public let products: [BalanceSheet]
}

extension Raiz {
  /// The balance sheets of one holder, by product.
  ///
  /// - Parameter period: nil takes the newest month in which anything moved.
  /// - Throws: `ApplicationError.notFound` for a holder that is not in the ledger, and
  ///   `BalanceSheet.Beyond`.
  public func balance(
    of holder: Party, _ period: BalancePeriod? = nil, product: ProductCode? = nil
  ) async throws -> BalanceReport {
    guard try await exists(holder.stream) else { throw ApplicationError.notFound(holder.stream) }
    let ledger = reader.ledger
    let name = holder.description
    return try await pool.withSession { session in
      // One snapshot: the sheet is as of one position.
      try await session.transaction(.repeatableRead) { session in
        let position = try await session.query(
          "SELECT max(position) AS position FROM raiz_read.projections WHERE ledger = \(ledger)"
        ).first?.decode("position", as: Int64?.self)
        var days = period
        if days == nil { days = try await newestMonth(of: name, session) }
        guard let days else { throw ApplicationError.notFound(holder.stream) }
        let rows = try await session.query(
          """
          SELECT product, place, kind, cause,
            coalesce(sum(grams) FILTER (WHERE day < \(days.from.description)::date), 0)::bigint
              AS opening,
            coalesce(sum(grams) FILTER (WHERE day >= \(days.from.description)::date), 0)::bigint
              AS moved
          FROM raiz_read.movements
          WHERE ledger = \(ledger) AND holder = \(name) AND day <= \(days.to.description)::date
            AND (\(optional: product?.text)::text IS NULL
              OR product = \(optional: product?.text))
          GROUP BY product, place, kind, cause
          """)
        return BalanceReport(
          holder: holder, from: days.from, to: days.to, asOf: (position ?? nil) ?? 0,
          products: try BalanceSheet.make(try rows.compactMap(Self.sum)))
      }
    }
  }

  private func newestMonth(
    of holder: String, _ session: Session
  ) async throws -> BalancePeriod? {
    let rows = try await session.query(
      """
      SELECT to_char(max(day), 'YYYY-MM') AS month FROM raiz_read.movements
      WHERE ledger = \(reader.ledger) AND holder = \(holder)
      """)
    let month = try rows.first?.decode("month", as: String?.self)
    let today = String(now().localDate.description.prefix(7))
    return BalancePeriod(month: (month ?? nil) ?? today)
  }

  private static func sum(_ row: Row) throws -> MovementSum? {
    guard let place = Movement.Place(rawValue: try row.decode("place")),
      let kind = Movement.Kind(rawValue: try row.decode("kind"))
    else { return nil }
    return MovementSum(
      product: try ProductCode(row.decode("product")), place: place, kind: kind,
      cause: try row.decode("cause", as: String?.self).map { try CauseCode($0) },
      beforeGrams: try row.decode("opening"), inGrams: try row.decode("moved"))
  }

  /// The organisations of the ledger, by code, for somebody to choose from.
  public func organisations() async throws -> [(code: OrganisationCode, name: String)] {
    try await pool.withSession { session in
      try await session.query(
        """
        SELECT code, name FROM raiz_read.organisations WHERE ledger = \(reader.ledger)
        ORDER BY code COLLATE "C"
        """
      ).map { (try OrganisationCode($0.decode("code")), try $0.decode("name")) }
    }
  }
}

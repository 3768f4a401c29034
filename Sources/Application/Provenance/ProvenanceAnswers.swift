public import Traceability

/// Where a lot's or a shipment's mass comes from, as the ledger stood at a position.
public struct ProvenanceOrigins: Sendable, Hashable, Codable {
  public struct Share: Sendable, Hashable, Codable {
    public let plot: String
    /// Of the subject's mass; 0 where the plot's share is less than a gram.
    public let grams: Int64
    public let verdict: Verdict
    public let producer: String?
    public let district: String?
  }

  public let subject: StreamKey
  /// The number of events that this rests on.
  public let position: Int64
  /// The mass at the founding: the shares of all plots and `unknownGrams` add up to it.
  public let grams: Int64
  public let unknownGrams: Int64
  public let verdict: Verdict
  public let plotCount: Int
  /// Lots upstream, without the subject.
  public let lotCount: Int
  /// Draws and harvests that were followed.
  public let linkCount: Int
  /// A page of plots, the largest share first.
  public let plots: [Share]
  /// The cursor of the next page.
  public let next: String?
}

/// What holds something of a plot's or a lot's mass, as the ledger stood at a position.
public struct ProvenanceDownstream: Sendable, Hashable, Codable {
  public struct Item: Sendable, Hashable, Codable {
    public let subject: String
    public let verdict: Verdict
  }

  public let subject: StreamKey
  /// The number of events that this rests on.
  public let position: Int64
  public let lotCount: Int
  public let shipmentCount: Int
  /// A page of lots, by code, then of shipments.
  public let items: [Item]
  /// The cursor of the next page.
  public let next: String?
}

/// Which part of a long list to give.
public struct PageRequest: Sendable, Hashable {
  public static let usual = 1_000
  public static let maximum = 50_000

  public let limit: Int
  /// What the page before named as next.
  public let after: String?

  public init(limit: Int? = nil, after: String? = nil) {
    self.limit = min(max(limit ?? Self.usual, 1), Self.maximum)
    self.after = after
  }

  public static let whole = PageRequest(unlimited: ())

  private init(unlimited: ()) {
    limit = .max
    after = nil
  }

  /// The part of a list that is asked for, and whether more follows.
  ///
  /// - Throws: `ApplicationError.invalidSetting` for a cursor that is not in the list.
  func part<Element>(
    of list: [Element], _ name: (Element) -> String
  ) throws -> (items: ArraySlice<Element>, hasMore: Bool) {
    var start = 0
    if let after {
      guard let place = list.firstIndex(where: { name($0) == after }) else {
        throw ApplicationError.invalidSetting(
          name: "after", value: after, expected: "«next» of the page before")
      }
      start = place + 1
    }
    let end = start + min(limit, list.count - start)
    return (list[start..<end], end < list.count)
  }
}

extension Raiz {
  /// The origins of a lot, a shipment or a plot with their shares.
  ///
  /// Exact to the gram, by the definition of `Provenance.origins`.
  /// - Throws: `ApplicationError.notFound`, `.invalidSetting` for a cursor of another list.
  public func origins(
    of subject: StreamKey, page: PageRequest = PageRequest()
  ) async throws -> ProvenanceOrigins {
    try await provenance.ask { state in try state.origins(of: subject, page) }
  }

  /// The same as JSON with sorted keys, for a list of any length at once.
  ///
  /// - Throws: as `origins`.
  public func originsJSON(
    of subject: StreamKey, page: PageRequest = PageRequest()
  ) async throws -> [UInt8] {
    try await provenance.ask { state in try state.originsJSON(of: subject, page) }
  }

  /// All lots and shipments downstream of a plot or a lot.
  ///
  /// - Throws: `ApplicationError.notFound`, `.invalidSetting` for a cursor of another list.
  public func downstream(
    of subject: StreamKey, page: PageRequest = PageRequest()
  ) async throws -> ProvenanceDownstream {
    try await provenance.ask { state in try state.downstream(of: subject, page) }
  }
}

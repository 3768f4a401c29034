public import Ledger
public import Traceability

/// Folds just the streams that are asked for, from the log itself.
public struct WorldLoader: Sendable {
  private let reader: LedgerReader
  /// How many streams are asked for at a time.
  private static let chunk = 2_000

  public init(reader: LedgerReader) { self.reader = reader }

  /// Adds the streams that `world` does not hold yet; `loaded` remembers which were asked for,
  /// existing or not. Events at or after `limit` are left out, so that a fold as of a position
  /// is the same whenever it is made.
  public func load(
    _ streams: Set<StreamKey>, into world: inout World, loaded: inout Set<StreamKey>,
    before limit: Int64? = nil
  ) async throws {
    let wanted = streams.subtracting(loaded).sorted()
    for start in stride(from: 0, to: wanted.count, by: Self.chunk) {
      let part = wanted[start..<min(start + Self.chunk, wanted.count)]
      let names = try part.map { try StreamName($0.description) }
      let events = try await reader.events(ofStreams: names).filter { event in
        limit.map { event.position < $0 } ?? true
      }
      try await LedgerFold.apply(events, to: &world)
      loaded.formUnion(part)
    }
  }

  /// Loads until `more` names nothing new.
  public func close(
    _ world: inout World, loaded: inout Set<StreamKey>, before limit: Int64? = nil,
    over more: (World) -> Set<StreamKey>
  ) async throws {
    while true {
      let wanted = more(world).subtracting(loaded)
      if wanted.isEmpty { return }
      try await load(wanted, into: &world, loaded: &loaded, before: limit)
    }
  }
}

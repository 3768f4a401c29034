/// Looks over a whole ledger for what no single act shows. Pure: the same ledger gives the same
/// findings, and what is raised already is not raised again.
///
/// A pattern has an identity (a producer's season, a vehicle's day); one that has grown since it
/// was raised is raised anew, and names the older in `grewFrom`.
public struct PatternSearch: Sendable {
  let world: World
  let catalogue: Catalogue
  /// Subjects and events that one finding names at most; its figures tell how many there are.
  static let named = 100

  public init(world: World, catalogue: Catalogue) {
    self.world = world
    self.catalogue = catalogue
  }

  /// What is to be raised now, in the order of its codes.
  public func findings() -> [FindingRaised] {
    guard let limits = catalogue.patterns else { return [] }
    let found =
      manyBuyers(limits.buyers) + allAtCap(limits.atCap) + vehicles(limits.vehicles)
      + mills(limits.mills)
    return found.compactMap(raised).sorted { $0.finding < $1.finding }
  }

  /// A pattern as it is found, before the ledger is asked whether it is known.
  struct Found {
    let kind: FindingKind
    let severity: FindingSeverity
    /// Whose pattern it is, and of when.
    let about: StreamKey
    let when: String
    /// How large; a known pattern is raised again only where this has grown.
    let size: Int64
    var subjects: [StreamKey]
    var restsOn: [EventReference]
    var figures: [String: String]
  }

  private func raised(_ found: Found) -> FindingRaised? {
    let identity =
      "\(found.kind.rawValue)/\(found.about.kind.rawValue)/\(found.about.code)"
      + "/\(found.when)/"
    var newest: FindingState?
    var number = 1
    while let code = try? FindingCode(identity + "\(number)"), let known = world.findings[code] {
      newest = known
      number += 1
    }
    if let newest, (newest.raised.figures["size"].flatMap { Int64($0) } ?? 0) >= found.size {
      return nil
    }
    // Codes are bounded when catalogues are checked, so this fits.
    guard let code = try? FindingCode(identity + "\(number)") else { return nil }
    var figures = found.figures
    figures["size"] = "\(found.size)"
    if let newest { figures["grewFrom"] = newest.raised.finding.text }
    return FindingRaised(
      finding: code, kind: found.kind, severity: found.severity,
      subjects: Array(found.subjects.prefix(Self.named)),
      restsOn: Array(found.restsOn.prefix(Self.named)), figures: figures)
  }
}

public import ValueTypes

/// A tank or silo as its stream tells it.
public struct TankState: Sendable, Hashable {
  /// What came in: a fill, or mass that a count found.
  public struct Entry: Sendable, Hashable {
    public let version: Int64
    public let occurredAt: Timestamp
    /// None of what a count found.
    public let inputs: [LotDraw]
    public let grams: Grams
    public let isFound: Bool
  }

  public struct DrawOff: Sendable, Hashable {
    public let event: TankDrawn
    public let version: Int64
    public let occurredAt: Timestamp
  }

  public let registered: TankRegistered
  public let registeredAt: Timestamp
  /// What it holds by its books.
  public private(set) var grams = Grams.zero
  /// By version.
  public private(set) var entries: [Entry] = []
  /// Places in `entries`, by the moment at which they happened, then by version.
  var timeline: [Int] = []
  /// By version.
  public private(set) var drawOffs: [DrawOff] = []
  private var drawOffOf: [LotCode: Int] = [:]
  /// Versions of the fills that a lot gave to.
  private(set) var fillsOf: [LotCode: [Int64]] = [:]
  public private(set) var counts: [Dated<TankCounted>] = []
  public private(set) var emptyings: [Dated<TankEmptied>] = []
  /// Where the tank last began anew, by version: it was empty and its books agreed.
  public private(set) var starts: [Dated<Grams>]
  /// The newest moment of all that was done with it.
  public private(set) var lastActAt: Timestamp
  /// The first version from which on its figures do not follow from each other.
  public private(set) var brokenAt: Int64?
  /// Since the last start.
  private(set) var filledSinceStart: Int64 = 0
  private(set) var lostSinceStart: Int64 = 0

  public var stream: StreamKey { .tank(registered.tank) }

  /// When the tank was last empty.
  public var emptySince: Timestamp { starts.last?.occurredAt ?? registeredAt }

  init(_ event: TankRegistered, at moment: Timestamp) {
    registered = event
    registeredAt = moment
    lastActAt = moment
    starts = [Dated(.zero, at: moment, version: 1)]
  }

  public func drawOff(of lot: LotCode) -> DrawOff? { drawOffOf[lot].map { drawOffs[$0] } }

  mutating func take(_ event: DomainEvent, version: Int64, at moment: Timestamp) {
    switch event {
    case .tankFilled(let fact):
      let entry = Entry(
        version: version, occurredAt: moment, inputs: fact.inputs, grams: fact.grams,
        isFound: false)
      add(entry)
      filledSinceStart = BoundedMass.adding(filledSinceStart, fact.grams.value)
      let isSum = Self.total(fact.inputs) == fact.grams.value
      expect(isSum && fact.holdsGrams.subtracting(fact.grams) == grams, version)
      // What came before the tank was empty cannot be in it.
      expect(moment >= emptySince && fact.holdsGrams <= registered.capacityGrams, version)
      grams = fact.holdsGrams
    case .tankDrawn(let fact):
      drawOffOf[fact.lot] = drawOffs.count
      drawOffs.append(DrawOff(event: fact, version: version, occurredAt: moment))
      expect(grams.subtracting(fact.grams) == fact.remainingGrams, version)
      grams = fact.remainingGrams
    case .tankCounted(let fact): take(Dated(fact, at: moment, version: version))
    case .tankEmptied(let fact): take(Dated(fact, at: moment, version: version))
    default: break
    }
    lastActAt = max(lastActAt, moment)
  }

  private mutating func take(_ count: Dated<TankCounted>) {
    let fact = count.value
    expect(
      fact.beforeGrams == grams
        && fact.unknownOriginGrams == fact.grams.subtracting(grams) ?? .zero, count.version)
    counts.append(count)
    if fact.unknownOriginGrams > .zero {
      add(
        Entry(
          version: count.version, occurredAt: count.occurredAt, inputs: [],
          grams: fact.unknownOriginGrams, isFound: true))
    } else if let loss = fact.beforeGrams.subtracting(fact.grams) {
      lostSinceStart = BoundedMass.adding(lostSinceStart, loss.value)
    }
    grams = fact.grams
  }

  private mutating func take(_ emptying: Dated<TankEmptied>) {
    expect(emptying.value.lossGrams == grams && emptying.occurredAt >= lastActAt, emptying.version)
    emptyings.append(emptying)
    lostSinceStart = BoundedMass.adding(lostSinceStart, emptying.value.lossGrams.value)
    grams = .zero
    guard Self.isEmptied(lost: lostSinceStart, filled: filledSinceStart) else { return }
    starts.append(
      Dated(emptying.value.lossGrams, at: emptying.occurredAt, version: emptying.version))
    filledSinceStart = 0
    lostSinceStart = 0
  }

  /// Whether books that lost so much are those of a tank that ran empty.
  static func isEmptied(lost: Int64, filled: Int64) -> Bool {
    lost.multipliedFullWidth(by: 1_000)
      <= filled.multipliedFullWidth(by: CustodyLimits.emptyingLossPermille)
  }

  private mutating func add(_ entry: Entry) {
    var place = timeline.count
    while place > 0, entries[timeline[place - 1]].occurredAt > entry.occurredAt { place -= 1 }
    timeline.insert(entries.count, at: place)
    entries.append(entry)
    for input in entry.inputs { fillsOf[input.lot, default: []].append(entry.version) }
  }

  private mutating func expect(_ isRight: Bool, _ version: Int64) {
    if !isRight, brokenAt == nil { brokenAt = version }
  }

  private static func total(_ draws: [LotDraw]) -> Int64? {
    (try? draws.map(\.grams).total())?.value
  }
}

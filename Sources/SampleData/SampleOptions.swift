/// How large a sample is, and which of all possible ones.
public struct SampleOptions: Sendable, Hashable, Codable {
  public static let plotRange = 50...1_000_000
  public static let seasonRange = 1...4
  /// The newest season; fixed, so that the same options give the same bytes in any year.
  public static let lastSeason = 2_025

  public let plots: Int
  public let seasons: Int
  public let seed: UInt64

  /// - Throws: `SampleError.outOfRange`.
  public init(plots: Int = 300, seasons: Int = 2, seed: UInt64 = 1) throws {
    guard Self.plotRange.contains(plots) else {
      throw SampleError.outOfRange(
        "plots", plots, Self.plotRange.lowerBound, Self.plotRange.upperBound)
    }
    guard Self.seasonRange.contains(seasons) else {
      throw SampleError.outOfRange(
        "seasons", seasons, Self.seasonRange.lowerBound, Self.seasonRange.upperBound)
    }
    self.plots = plots
    self.seasons = seasons
    self.seed = seed
  }

  /// The years of harvest, oldest first.
  var years: [Int] { Array((Self.lastSeason - seasons + 1)...Self.lastSeason) }
}

public enum SampleError: Error, Sendable, CustomStringConvertible {
  case outOfRange(String, Int, Int, Int)
  case cannotWrite(String, reason: String)

  public var code: String {
    switch self {
    case .outOfRange: "sample-out-of-range"
    case .cannotWrite: "sample-cannot-write"
    }
  }

  public var description: String {
    switch self {
    case .outOfRange(let name, let value, let least, let most):
      "\(name) = \(value) will not do: give \(least) to \(most)"
    case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }
}

/// What was written.
public struct SampleSummary: Sendable, Codable, CustomStringConvertible {
  public let plots: Int
  public let producers: Int
  public let lots: Int
  public let shipments: Int
  public let stories: Int
  public let files: Int

  public var description: String {
    "\(plots) plots, \(producers) producers, \(lots) lots, \(shipments) shipments, "
      + "\(stories) stories in \(files) files"
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere for the same seed.
struct SampleRandom: RandomNumberGenerator {
  private var state: UInt64

  /// A stream of its own for every use of every number.
  init(seed: UInt64, _ use: UInt64, _ index: Int) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ use &* 0xD1B5_4A32_D192_ED03
    state = state &+ UInt64(bitPattern: Int64(index)) &* 0x8CB9_2BA7_2F3D_8DD7
    _ = next()
  }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In `range`, without the standard library's algorithm, which may change.
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// 0 ..< 1.
  mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func real(_ low: Double, _ high: Double) -> Double { low + (high - low) * fraction() }
}

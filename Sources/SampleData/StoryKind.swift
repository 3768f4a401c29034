/// What is planted in a sample for the ledger to find.
enum StoryKind: String, Sendable, CaseIterable {
  case forestLoss = "forest-loss"
  case forestLossPalm = "forest-loss-palm"
  case smallForestLoss = "small-forest-loss"
  case unknownOrigin = "unknown-origin"
  case shortReceipt = "short-receipt"
  case overlap
  case noTenure = "no-tenure"
  case lateFruit = "late-fruit"
  case impossibleYield = "impossible-yield"
  case youngPlot = "young-plot"
  case outsideSeason = "outside-season"
  case allAtCap = "all-at-cap"
  case manyBuyers = "many-buyers"
  case overloadedTruck = "overloaded-truck"
  case millHours = "mill-hours"
  /// Oil of clean plots through a tank.
  case tankClean = "tank-clean"
  /// A tank takes oil from cleared forest, and is emptied later.
  case tankDirty = "tank-dirty"
  /// The same, but never empty: clean oil passes through until it counts no more.
  case tankFlushed = "tank-flushed"
  /// A harvest is corrected to half of what was sold of it.
  case correctedHarvest = "corrected-harvest"

  /// Plots of the story's own group.
  var plots: Int {
    switch self {
    case .forestLoss, .overlap: 4
    case .forestLossPalm, .smallForestLoss, .unknownOrigin, .shortReceipt, .noTenure: 3
    case .tankClean, .tankDirty, .tankFlushed: 3
    case .lateFruit, .impossibleYield: 2
    case .allAtCap: 6
    case .overloadedTruck, .millHours: 3
    case .youngPlot, .outsideSeason, .manyBuyers, .correctedHarvest: 2
    }
  }

  var isPalm: Bool {
    switch self {
    case .forestLossPalm, .lateFruit, .overloadedTruck, .millHours, .tankClean, .tankDirty,
      .tankFlushed:
      true
    default: false
    }
  }

  /// In the newest season its oil goes through a tank of its own.
  var usesTank: Bool { self == .tankClean || self == .tankDirty || self == .tankFlushed }

  /// How many of the group's plots, from the first, are themselves in doubt.
  var taintedPlots: Int {
    switch self {
    case .forestLoss, .overlap: 2
    case .forestLossPalm, .smallForestLoss, .noTenure, .impossibleYield, .youngPlot: 1
    case .tankDirty, .tankFlushed: 1
    default: 0
    }
  }

  var verdict: String {
    switch self {
    case .forestLoss, .forestLossPalm, .tankDirty, .tankFlushed: "not-compliant"
    default: "insufficient-evidence"
    }
  }
}

/// One planted story with what must be found of it.
struct Story: Encodable {
  struct Finding: Encodable {
    let kind: String
    let subject: String
  }

  struct Refused: Encodable {
    let file: String
    let code: String
  }

  let kind: String
  var subjects: [String] = []
  var verdicts: [String: String] = [:]
  var findings: [Finding] = []
  var refusal: Refused?

  mutating func taint(_ subject: String, _ verdict: String) { verdicts[subject] = verdict }
}

struct StoryFile: Encodable {
  let seed: UInt64
  let plots: Int
  let seasons: Int
  let stories: [Story]
}

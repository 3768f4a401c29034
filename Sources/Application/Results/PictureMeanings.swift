import Land
import PlotMap
import Traceability
import ValueTypes

/// What each kind of map means in a picture, and which lies above which. A kind that is not
/// here is not drawn.
extension MapMeaning {
  private static let tmfDeforestation = DatasetKind(rawValue: "tmf-deforestation-year")

  /// What has no picture of its own by its kind: where a map says yes without a date.
  private static let covers: [String: Cover] = [
    "primary-forest": .forest, "tmf-undisturbed": .forest, "tmf-plantation": .plantation,
    "cocoa-2020": .cocoa, "oil-palm-2020": .oilPalm, "coffee-2020": .coffee,
    "rubber-2020": .rubber, "soy-2020": .soy, "water": .water, "built-up": .builtUp,
  ]

  /// - Parameters:
  ///   - policy: says which loss is drawn muted.
  ///   - name: what the map tells, in the picture's language.
  ///   - values: those that are to be drawn; a map of dates has too many to know them all.
  init?(
    _ dataset: DatasetRegistered, policy: Policy, name: String, values: () -> Set<Int>
  ) {
    let cutOffYear = policy.cutOff.year
    switch dataset.reading {
    case .values(let yes) where dataset.kind == .forest2020:
      self = .forest(values: .these(Set(yes)), year: 2020)
    case .atLeast(let least) where dataset.kind == .forest2020:
      self = .forest(values: .atLeast(least), year: 2020)
    case .yearsAfter(let zero) where Self.isLoss(dataset.kind):
      self = .lossYear(yearZero: zero, cutOffYear: cutOffYear)
    case .year where Self.isLoss(dataset.kind):
      self = .lossYear(yearZero: 0, cutOffYear: cutOffYear)
    case .values(let yes):
      guard let cover = Self.covers[dataset.kind.rawValue] else { return nil }
      self = .cover(cover, name: name, values: .these(Set(yes)))
    case .atLeast(let least):
      guard let cover = Self.covers[dataset.kind.rawValue] else { return nil }
      self = .cover(cover, name: name, values: .atLeast(least))
    case .some(let meaning) where meaning.isDated:
      var days: [Int: MapDay] = [:]
      for value in values() {
        switch meaning.date(of: value) {
        case .none: continue
        case .year(let year): days[value] = MapDay(year: year)
        case .day(let day): days[value] = MapDay(year: day.year, day: day.description)
        case .unreadable: days[value] = MapDay(year: nil)
        }
      }
      self = .dated(name: name, days: days, cutOffYear: cutOffYear)
    default: return nil
    }
  }

  private static func isLoss(_ kind: DatasetKind) -> Bool {
    kind == .lossYear || kind == tmfDeforestation
  }

  /// Lower ones are drawn first.
  var height: Int {
    switch self {
    case .cover(.water, _, _), .cover(.builtUp, _, _): 0
    case .forest: 1
    case .cover(.forest, _, _): 2
    case .classes: 3
    case .lossYear: 4
    case .cover: 5
    case .dated: 6
    }
  }
}

extension MapArea.Style {
  /// Nil for a kind whose areas are not drawn.
  init?(_ kind: DatasetKind) {
    switch kind.rawValue {
    case "protected-area": self = .protected
    case "conservation-concession": self = .concession
    case "hcv-area": self = .highValue
    case "hcs-area": self = .highCarbon
    default: return nil
    }
  }
}

import PlotMap
import Traceability
import ValueTypes

/// What each kind of map means in a picture, and which lies above which. A kind that is not
/// here is not drawn.
extension MapMeaning {
  private static let tmfDeforestation = DatasetKind(rawValue: "tmf-deforestation-year")

  /// - Parameter policy: says which loss is drawn muted.
  init?(_ dataset: DatasetRegistered, policy: Policy) {
    let cutOffYear = policy.cutOff.year
    switch dataset.reading {
    case .values(let values) where dataset.kind == .forest2020:
      self = .forest(values: .these(Set(values)), year: 2020)
    case .atLeast(let least) where dataset.kind == .forest2020:
      self = .forest(values: .atLeast(least), year: 2020)
    case .yearsAfter(let zero) where Self.isLoss(dataset.kind):
      self = .lossYear(yearZero: zero, cutOffYear: cutOffYear)
    case .year where Self.isLoss(dataset.kind):
      self = .lossYear(yearZero: 0, cutOffYear: cutOffYear)
    default: return nil
    }
  }

  private static func isLoss(_ kind: DatasetKind) -> Bool {
    kind == .lossYear || kind == tmfDeforestation
  }

  /// Lower ones are drawn first.
  var height: Int {
    switch self {
    case .forest: 0
    case .classes: 1
    case .lossYear: 2
    }
  }
}

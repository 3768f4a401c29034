import PlotMap
import Traceability
import ValueTypes

/// What each kind of map means in a picture, and which lies above which. A kind that is not
/// here is not drawn.
extension MapMeaning {
  /// - Parameter policy: says which loss is drawn muted.
  init?(_ dataset: DatasetRegistered, policy: Policy) {
    switch (dataset.kind, dataset.reading) {
    case (.forest2020, .values(let values)): self = .forest(values: Set(values), year: 2020)
    case (.lossYear, .yearsAfter(let zero)):
      self = .lossYear(yearZero: zero, cutOffYear: policy.cutOff.year)
    default: return nil
    }
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

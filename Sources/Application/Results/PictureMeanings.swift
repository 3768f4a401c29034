import PlotMap
import Traceability

/// What each kind of map means in a picture, and which lies above which. A kind that is not
/// here is not drawn.
extension MapMeaning {
  /// - Parameter policy: says which loss is drawn muted.
  init?(_ dataset: DatasetRegistered, policy: Policy) {
    if dataset.kind == .forest2020 {
      self = .forest(values: Set(dataset.forestValues), year: 2020)
    } else if dataset.kind == .lossYear, let yearZero = dataset.yearZero {
      self = .lossYear(yearZero: yearZero, cutOffYear: policy.cutOff.year)
    } else {
      return nil
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

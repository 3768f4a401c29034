/// What one cell is drawn as. This file alone says how a map's meaning looks; a new meaning is a
/// case of ``MapMeaning`` and its lines here.
struct CellStyle: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case forest(year: Int)
    /// Up to the cut-off's year, and after it.
    case lossBefore(year: Int)
    case lossAfter(year: Int)
    case named(String)
  }

  let kind: Kind
  let color: Color
  /// Its place in the legend.
  let order: Int
}

extension MapMeaning {
  /// Of a value that is not the map's "no data"; nil if nothing is drawn.
  func style(of value: Int) -> CellStyle? {
    switch self {
    case .forest(let values, let year):
      return values.contains(value)
        ? CellStyle(kind: .forest(year: year), color: Palette.forest, order: 0) : nil
    case .lossYear(let yearZero, let cutOffYear):
      let (year, overflow) = yearZero.addingReportingOverflow(value)
      guard value > 0, !overflow else { return nil }
      return CellStyle(
        kind: year > cutOffYear ? .lossAfter(year: year) : .lossBefore(year: year),
        color: Palette.loss(year: year, cutOffYear: cutOffYear), order: year)
    case .classes(let classes):
      guard let index = classes.firstIndex(where: { $0.value == value }) else { return nil }
      return CellStyle(
        kind: .named(classes[index].name), color: Palette.classes[index % Palette.classes.count],
        order: index)
    }
  }

  /// The name of its group of marks.
  var groupName: String {
    switch self {
    case .forest: "forest"
    case .lossYear: "loss"
    case .classes: "classes"
    }
  }
}

/// What one cell is drawn as. This file alone says how a map's meaning looks; a new meaning is a
/// case of ``MapMeaning`` and its lines here.
struct CellStyle: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case forest(year: Int)
    /// Up to the cut-off's year, and after it.
    case lossBefore(year: Int)
    case lossAfter(year: Int)
    case named(String)
    case cover(String)
    case datedBefore(String, year: Int)
    /// Nil for a value that is no date.
    case datedAfter(String, year: Int?)
  }

  /// How it is laid on, so that what lies below stays to be seen.
  enum Texture: Sendable {
    case fill
    /// Slanting rows of dots.
    case dots
    /// Slanting bars with a white edge.
    case bars
  }

  let kind: Kind
  let color: Color
  var texture = Texture.fill
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
    case .cover(let cover, let name, let values):
      return values.contains(value)
        ? CellStyle(
          kind: .cover(name), color: Palette.cover(cover), texture: cover.texture, order: 0) : nil
    case .dated(let name, let days, let cutOffYear):
      guard let day = days[value] else { return nil }
      guard let year = day.year else {
        return CellStyle(
          kind: .datedAfter(name, year: nil), color: Palette.undated, texture: .bars, order: .max)
      }
      return year > cutOffYear
        ? CellStyle(
          kind: .datedAfter(name, year: year),
          color: Palette.loss(year: year, cutOffYear: cutOffYear), texture: .bars, order: year)
        : CellStyle(
          kind: .datedBefore(name, year: year), color: Palette.datedBefore, texture: .bars,
          order: year)
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
    case .cover(let cover, _, _): cover == .forest ? "forest" : cover.rawValue
    case .dated: "dated"
    case .classes: "classes"
    }
  }
}

extension MapMeaning.Cover {
  /// Crops are dotted: what matters of them is where they lie on forest.
  var texture: CellStyle.Texture {
    switch self {
    case .forest, .water, .builtUp: .fill
    case .cocoa, .oilPalm, .coffee, .rubber, .soy, .plantation: .dots
    }
  }
}

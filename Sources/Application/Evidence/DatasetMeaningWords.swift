import Traceability

/// How a dataset's values are read, as somebody wrote it: in one column or option, or in the two
/// that forest maps and loss years have of their own.
struct DatasetMeaningWords {
  let meaning: String?
  let forestValues: String?
  let yearZero: Int64?

  /// Nil where it is missing, unreadable, or cannot answer what the kind asks.
  func meaning(for entry: DatasetKinds.Entry) -> DatasetMeaning? {
    guard let meaning = written(for: entry), DatasetKinds.fits(meaning, entry) else { return nil }
    return meaning
  }

  private func written(for entry: DatasetKinds.Entry) -> DatasetMeaning? {
    if let meaning { return DatasetMeaning(meaning) }
    if isLegacy(for: entry) {
      if entry.kind == .forest2020 { return .values(legacyForestValues(for: entry)) }
      return legacyYearZero(for: entry).map { .yearsAfter(zero: $0) }
    }
    // These two ask for a word of their own: products differ, and a wrong guess clears plots.
    guard entry.kind != .forest2020, entry.kind != .lossYear else { return nil }
    return entry.meaning.flatMap { DatasetMeaning($0) }
  }

  /// True where one of the two old columns says it.
  func isLegacy(for entry: DatasetKinds.Entry) -> Bool {
    guard meaning == nil else { return false }
    return entry.kind == .forest2020 && forestValues != nil
      || entry.kind == .lossYear && yearZero != nil
  }

  /// Empty where one of them is no number.
  func legacyForestValues(for entry: DatasetKinds.Entry) -> [Int] {
    guard meaning == nil, entry.kind == .forest2020, let forestValues else { return [] }
    let parts = forestValues.split(separator: ";")
    let values = parts.compactMap { Int($0.filter { !$0.isWhitespace }) }
    return values.count == parts.count ? values : []
  }

  func legacyYearZero(for entry: DatasetKinds.Entry) -> Int? {
    guard meaning == nil, entry.kind == .lossYear else { return nil }
    return yearZero.flatMap { Int(exactly: $0) }
  }

  /// The column to blame.
  func column(for entry: DatasetKinds.Entry) -> String {
    if meaning != nil { return "meaning" }
    switch entry.kind {
    case .forest2020: return "forestValues"
    case .lossYear: return "yearZero"
    default: return "meaning"
    }
  }
}

/// Which sign stands before the decimals. It settles only what is ambiguous (`1.234`): a number
/// that can be read in one way is read so under any setting.
public enum DecimalSign: String, Sendable, Hashable, CaseIterable {
  /// `1.234` is one and a bit; `1,234` is one thousand and more.
  case point
  /// `1,234` is one and a bit; `1.234` is one thousand and more.
  case comma
  /// Nobody said and the file does not show it: an ambiguous number is refused.
  case auto

  /// The sign that the texts show between them: `.auto` where none shows it or they disagree.
  public static func shown(by texts: some Sequence<String>) -> DecimalSign {
    var shown = DecimalSign.auto
    for text in texts {
      guard let evidence = DecimalText(text)?.evidence else { continue }
      if shown != .auto, shown != evidence { return .auto }
      shown = evidence
    }
    return shown
  }
}

extension Columns {
  /// The decimal sign that the file's own numbers show, looking at every row of the columns that
  /// hold `keys`. Name every column of quantities: one `12.5` anywhere settles them all.
  public func decimalSign(of keys: [String]) -> DecimalSign {
    let indexes = keys.compactMap { index(of: $0) }
    return DecimalSign.shown(by: table.rows.lazy.flatMap { row in indexes.map { row[$0] } })
  }
}

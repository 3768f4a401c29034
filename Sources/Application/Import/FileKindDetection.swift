import Tabular

extension FileKind {
  /// Guesses by the file's name first, then by the columns that it has.
  ///
  /// - Returns: nil where neither tells, or the columns fit several kinds.
  static func detect(name: String, header: [String]) -> FileKind? {
    if let kind = detect(name: name) {
      let outlines = header.contains { outlineColumns.contains(HeadingName($0)) }
      return kind == .plots && !outlines ? .plotPoints : kind
    }
    let headings = Set(header.map { HeadingName($0) })
    let fitting = allCases.filter { kind in
      let required = kind.columns.filter(\.required)
      return !required.isEmpty
        && required.allSatisfy { spec in
          ([spec.key] + spec.names).contains { headings.contains(HeadingName($0)) }
        }
    }
    // The kind that explains most columns, if it stands alone.
    let ranked = fitting.map { kind in (kind, kind.matches(headings)) }
      .sorted { $0.1 > $1.1 }
    guard let best = ranked.first, ranked.dropFirst().first?.1 != best.1 else { return nil }
    return best.0
  }

  private func matches(_ headings: Set<HeadingName>) -> Int {
    columns.filter { spec in
      ([spec.key] + spec.names).contains { headings.contains(HeadingName($0)) }
    }.count
  }

  /// By the words in the name, without folder, leading number and ending.
  static func detect(name: String) -> FileKind? {
    let stem = name.split(separator: "/").last.map(String.init) ?? name
    let base = stem.split(separator: ".").first.map(String.init) ?? stem
    let words = base.split { "-_ ".contains($0) }.map { HeadingName(String($0)) }
    return allCases.first { kind in
      kind.names.contains { words.contains(HeadingName($0)) }
    }
  }

  /// The number that a file's name begins with: `07-compras.csv` is 7.
  static func leadingNumber(of name: String) -> Int? {
    let stem = name.split(separator: "/").last ?? Substring(name)
    return Int(stem.prefix { $0.isASCII && $0.isNumber })
  }
}

extension FileKind {
  /// Names of a folder's files in the order in which they are to be taken: by leading number,
  /// then by kind (what others rest on first), then by name.
  public static func inOrder(_ names: [String]) -> [String] {
    names.sorted { left, right in
      let keys = [left, right].map { name in
        (leadingNumber(of: name) ?? Int.max, detect(name: name)?.order ?? Int.max, name)
      }
      return keys[0] < keys[1]
    }
  }
}

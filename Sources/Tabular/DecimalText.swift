/// A number as people write it, taken apart but not yet weighed: `-1.234,50`.
///
/// Digits are ASCII; thousands may stand apart by point, comma, blank or apostrophe, in groups of
/// three. No binary floating point.
struct DecimalText: Equatable {
  enum Form: Equatable {
    /// It can be read in one way.
    case plain(whole: [UInt8], fraction: [UInt8])
    /// One sign with three digits after it: decimals, or thousands.
    case ambiguous(mark: Mark, before: [UInt8], after: [UInt8])
  }

  enum Mark: Equatable {
    case point
    case comma
    case blank
  }

  var isNegative: Bool
  var form: Form
  /// The decimal sign that this text proves, if it proves one.
  var evidence: DecimalSign?

  /// Nil where the text is no number.
  init?(_ text: some StringProtocol) {
    var rest = text.trimmed()[...]
    isNegative = rest.first == "-"
    if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
    guard let (runs, marks) = Self.split(rest),
      let (form, evidence) = Self.form(runs, marks)
    else { return nil }
    self.form = form
    self.evidence = evidence
  }

  /// Runs of digits and the marks between them. Only the first run may be empty (`.5`).
  private static func split(_ text: Substring) -> (runs: [[UInt8]], marks: [Mark])? {
    var runs: [[UInt8]] = [[]]
    var marks: [Mark] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": runs[runs.count - 1].append(UInt8(scalar.value) - 0x30)
      case ".": marks.append(.point)
      case ",": marks.append(.comma)
      case " ", "\u{A0}", "\u{2009}", "\u{202F}", "'", "\u{2019}": marks.append(.blank)
      default: return nil
      }
      if marks.count == runs.count { runs.append([]) }
    }
    guard runs.dropFirst().allSatisfy({ !$0.isEmpty }), !(runs.count == 1 && runs[0].isEmpty)
    else { return nil }
    return (runs, marks)
  }

  private static func form(_ runs: [[UInt8]], _ marks: [Mark]) -> (Form, DecimalSign?)? {
    guard let last = marks.last, let tail = runs.last else {
      return (.plain(whole: runs[0], fraction: []), nil)
    }
    let isUniform = marks.allSatisfy { $0 == last }
    if isUniform, marks.count > 1 || last == .blank {
      guard isGrouped(runs[...]) else { return nil }
      return (.plain(whole: runs.flatMap { $0 }, fraction: []), last.opposite)
    }
    if isUniform {
      if isGrouped(runs[...]) { return (.ambiguous(mark: last, before: runs[0], after: tail), nil) }
      return (.plain(whole: runs[0], fraction: tail), last.sign)
    }
    // Two kinds of mark: all but the last group thousands, and the last begins the decimals.
    let groups = marks.dropLast()
    guard last != .blank, let group = groups.first, group != last,
      groups.allSatisfy({ $0 == group }), isGrouped(runs.dropLast())
    else { return nil }
    return (.plain(whole: runs.dropLast().flatMap { $0 }, fraction: tail), last.sign)
  }

  /// One to three digits, not led by a zero, then groups of three.
  private static func isGrouped(_ runs: ArraySlice<[UInt8]>) -> Bool {
    guard let first = runs.first, (1...3).contains(first.count), first[0] != 0 else { return false }
    return runs.dropFirst().allSatisfy { $0.count == 3 }
  }
}

extension DecimalText.Mark {
  /// What it proves when it stands before decimals.
  fileprivate var sign: DecimalSign? {
    switch self {
    case .point: .point
    case .comma: .comma
    case .blank: nil
    }
  }

  /// What it proves when it groups thousands.
  fileprivate var opposite: DecimalSign? {
    switch self {
    case .point: .comma
    case .comma: .point
    case .blank: nil
    }
  }
}

extension DecimalText {
  enum Fault: Error {
    case ambiguous
    case tooManyDecimals
    case tooLarge
  }

  /// The number times ten to the power of `scale`, exactly. Zeros beyond the scale are no fault.
  func scaled(by scale: Int, decimal: DecimalSign) throws(Fault) -> Int64 {
    let (whole, fraction) = try parts(decimal)
    guard fraction.dropFirst(scale).allSatisfy({ $0 == 0 }) else { throw .tooManyDecimals }
    let kept = fraction.prefix(scale)
    var value: Int64 = 0
    for digit in whole + kept + Array(repeating: 0, count: scale - kept.count) {
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowedAgain) = tens.addingReportingOverflow(Int64(digit))
      guard !overflowed, !overflowedAgain else { throw .tooLarge }
      value = sum
    }
    return isNegative ? -value : value
  }

  private func parts(_ decimal: DecimalSign) throws(Fault) -> ([UInt8], [UInt8]) {
    switch form {
    case .plain(let whole, let fraction): return (whole, fraction)
    case .ambiguous(let mark, let before, let after):
      guard decimal != .auto else { throw .ambiguous }
      return mark.sign == decimal ? (before, after) : (before + after, [])
    }
  }
}

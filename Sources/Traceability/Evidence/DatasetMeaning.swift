public import ValueTypes

/// How a cell's value answers the dataset's question: yes or no, or yes since a day.
///
/// Encoded flat: `{"as": "values", "values": [1]}`.
public enum DatasetMeaning: Sendable, Hashable {
  /// One of these values is a yes.
  case values([Int])
  /// This value and all above are a yes: probabilities and shares.
  case atLeast(Int)
  /// Value v > 0 is a yes in the year `zero + v` (Hansen/UMD Global Forest Change).
  case yearsAfter(zero: Int)
  /// The value is the year of a yes; 0 is a no (JRC Tropical Moist Forest).
  case year
  /// Value v > 0 is a yes v days after a day (GLAD-S2).
  case daysAfter(CivilDate)
  /// The first of five digits is the confidence, the rest the days (integrated alerts, GFW).
  case confidenceAndDaysAfter(CivilDate, leastConfidence: Int)
  /// YYDDD: the year after 2000 and the day of the year (RADD).
  case yearAndDay
  /// Height above the sea: value v is `step` · v metres, and no yes to anything.
  case metres(step: Int)
  /// A vector layer: inside a feature is a yes, told as value 1.
  case inside

  /// Value of the land inside a vector layer's features; outside is 0.
  public static let insideValue = 1

  /// True where a yes has a day or a year.
  public var isDated: Bool {
    switch self {
    case .values, .atLeast, .metres, .inside: false
    case .yearsAfter, .year, .daysAfter, .confidenceAndDaysAfter, .yearAndDay: true
    }
  }
}

// MARK: Reading a value

/// What one value says.
enum DatasetAnswer: Sendable, Hashable {
  case no
  case yes
  case inYear(Int)
  case on(CivilDate)
}

/// When a value of a map of dates says that something was seen.
public enum DatasetDate: Sendable, Hashable {
  /// The value says no.
  case none
  case year(Int)
  case day(CivilDate)
  /// A yes without a date that can be read, taken for one after every cut-off.
  case unreadable
}

extension DatasetMeaning {
  /// Of a dated meaning; `.none` where a value says no, and of any other meaning.
  public func date(of value: Int) -> DatasetDate {
    switch answer(value) {
    case .no, .yes: .none
    case .on(let day): .day(day)
    case .inYear(let year): (1...9_999).contains(year) ? .year(year) : .unreadable
    }
  }

  func answer(_ value: Int) -> DatasetAnswer {
    switch self {
    case .values(let values): values.contains(value) ? .yes : .no
    case .atLeast(let least): value >= least ? .yes : .no
    case .metres: .no
    case .inside: value == Self.insideValue ? .yes : .no
    case .yearsAfter(let zero): value > 0 ? Self.inYear(zero, plus: value) : .no
    case .year: value > 0 ? .inYear(value) : .no
    case .daysAfter(let day): value > 0 ? Self.on(day, plus: value) : .no
    case .confidenceAndDaysAfter(let day, let least):
      value > 0 && value / 10_000 >= least ? Self.on(day, plus: value % 10_000) : .no
    case .yearAndDay:
      value > 0 ? Self.on(CivilDate(year: 2_000, month: 1, day: 1), yearAndDay: value) : .no
    }
  }

  // A value from a stranger's file may be any integer: what is no date is a yes in a year beyond
  // all cut-offs, never a no.
  private static func inYear(_ zero: Int, plus value: Int) -> DatasetAnswer {
    let (year, overflow) = zero.addingReportingOverflow(value)
    return .inYear(overflow ? Int.max : year)
  }

  private static func on(_ day: CivilDate, plus days: Int) -> DatasetAnswer {
    let (sum, overflow) = day.daysSinceEpoch.addingReportingOverflow(days)
    guard !overflow, let date = CivilDate(daysSinceEpoch: sum) else { return .inYear(Int.max) }
    return .on(date)
  }

  private static func on(_ millennium: CivilDate?, yearAndDay value: Int) -> DatasetAnswer {
    let (years, day) = value.quotientAndRemainder(dividingBy: 1_000)
    guard let first = millennium.flatMap({ CivilDate(year: $0.year + years, month: 1, day: 1) }),
      (1...366).contains(day),
      let date = CivilDate(daysSinceEpoch: first.daysSinceEpoch + day - 1)
    else { return .inYear(Int.max) }
    return .on(date)
  }
}

// MARK: Coding

extension DatasetMeaning: Codable {
  private enum Form: String, Codable {
    case values, year, metres, inside
    case atLeast = "at-least"
    case yearsAfter = "years-after"
    case daysAfter = "days-after"
    case confidenceAndDaysAfter = "confidence-and-days-after"
    case yearAndDay = "year-and-day"
  }

  private enum Key: String, CodingKey {
    case form = "as"
    case values, least, zero, day, step
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Form.self, forKey: .form) {
    case .values: self = .values(try container.decode([Int].self, forKey: .values))
    case .atLeast: self = .atLeast(try container.decode(Int.self, forKey: .least))
    case .yearsAfter: self = .yearsAfter(zero: try container.decode(Int.self, forKey: .zero))
    case .year: self = .year
    case .daysAfter: self = .daysAfter(try container.decode(CivilDate.self, forKey: .day))
    case .confidenceAndDaysAfter:
      self = .confidenceAndDaysAfter(
        try container.decode(CivilDate.self, forKey: .day),
        leastConfidence: try container.decode(Int.self, forKey: .least))
    case .yearAndDay: self = .yearAndDay
    case .metres: self = .metres(step: try container.decode(Int.self, forKey: .step))
    case .inside: self = .inside
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .values(let values):
      try container.encode(Form.values, forKey: .form)
      try container.encode(values, forKey: .values)
    case .atLeast(let least):
      try container.encode(Form.atLeast, forKey: .form)
      try container.encode(least, forKey: .least)
    case .yearsAfter(let zero):
      try container.encode(Form.yearsAfter, forKey: .form)
      try container.encode(zero, forKey: .zero)
    case .year: try container.encode(Form.year, forKey: .form)
    case .daysAfter(let day):
      try container.encode(Form.daysAfter, forKey: .form)
      try container.encode(day, forKey: .day)
    case .confidenceAndDaysAfter(let day, let least):
      try container.encode(Form.confidenceAndDaysAfter, forKey: .form)
      try container.encode(day, forKey: .day)
      try container.encode(least, forKey: .least)
    case .yearAndDay: try container.encode(Form.yearAndDay, forKey: .form)
    case .metres(let step):
      try container.encode(Form.metres, forKey: .form)
      try container.encode(step, forKey: .step)
    case .inside: try container.encode(Form.inside, forKey: .form)
    }
  }
}

// MARK: In words

extension DatasetMeaning: CustomStringConvertible {
  /// As it is written in a table of datasets: `values 1;2`, `at-least 50`, `years-after 2000`,
  /// `year`, `days-after 2019-01-01`, `confidence-and-days-after 2014-12-31;2`, `year-and-day`,
  /// `metres 1`, `inside`.
  public var description: String {
    switch self {
    case .values(let values): "values " + values.map(String.init).joined(separator: ";")
    case .atLeast(let least): "at-least \(least)"
    case .yearsAfter(let zero): "years-after \(zero)"
    case .year: "year"
    case .daysAfter(let day): "days-after \(day)"
    case .confidenceAndDaysAfter(let day, let least): "confidence-and-days-after \(day);\(least)"
    case .yearAndDay: "year-and-day"
    case .metres(let step): "metres \(step)"
    case .inside: "inside"
    }
  }

  /// Reads what `description` writes; nil where it is none, or says a yes nowhere.
  public init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let form = words.first.flatMap({ Form(rawValue: String($0)) }) else { return nil }
    let parts = words.dropFirst().flatMap { $0.split(separator: ";") }
    let numbers = parts.compactMap { Int($0) }
    let day = parts.first.flatMap { CivilDate($0) }
    switch form {
    case .values:
      guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
      self = .values(numbers)
    case .atLeast, .yearsAfter, .metres:
      guard parts.count == 1, let number = numbers.first else { return nil }
      self =
        form == .atLeast
        ? .atLeast(number) : form == .metres ? .metres(step: number) : .yearsAfter(zero: number)
    case .daysAfter:
      guard parts.count == 1, let day else { return nil }
      self = .daysAfter(day)
    case .confidenceAndDaysAfter:
      guard parts.count == 2, let day, let least = numbers.first, (0...9).contains(least)
      else { return nil }
      self = .confidenceAndDaysAfter(day, leastConfidence: least)
    case .year, .yearAndDay, .inside:
      guard parts.isEmpty else { return nil }
      self = form == .year ? .year : form == .yearAndDay ? .yearAndDay : .inside
    }
    guard isUsable else { return nil }
  }

  /// False for a meaning by which no value, or every value, would be a yes of any sense.
  public var isUsable: Bool {
    switch self {
    case .values(let values): !values.isEmpty
    case .yearsAfter(let zero): (1_900...2_200).contains(zero)
    case .confidenceAndDaysAfter(_, let least): (0...9).contains(least)
    case .metres(let step): (1...1_000).contains(step)
    case .atLeast, .year, .daysAfter, .yearAndDay, .inside: true
    }
  }
}

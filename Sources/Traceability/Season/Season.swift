public import ValueTypes

/// One season of a commodity: twelve months, named by the year in which it begins.
public struct Season: Sendable, Hashable, Codable {
  public let year: Int
  public let from: CivilDate
  public let to: CivilDate

  /// The season that a day lies in. `firstMonth` is 1 for the calendar year.
  public init(of day: CivilDate, firstMonth: Int = 1) {
    self.init(year: day.month >= firstMonth ? day.year : day.year - 1, firstMonth: firstMonth)
  }

  /// - Parameter year: in which it begins; outside 1 to 9998 the nearest that has a season.
  public init(year: Int, firstMonth: Int = 1) {
    let month = min(max(firstMonth, 1), 12)
    let year = min(max(year, 1), 9_998)
    self.year = year
    from = CivilDate(year: year, month: month, day: 1) ?? .first
    let next = CivilDate(year: month == 1 ? year + 1 : year + 1, month: month, day: 1) ?? .first
    to = CivilDate(daysSinceEpoch: next.daysSinceEpoch - 1) ?? from
  }

  public func contains(_ day: CivilDate) -> Bool { from <= day && day <= to }
}

extension Catalogue.Commodity {
  public func season(of day: CivilDate) -> Season {
    Season(of: day, firstMonth: seasonFirstMonth ?? 1)
  }

  public func season(_ year: Int) -> Season {
    Season(year: year, firstMonth: seasonFirstMonth ?? 1)
  }

  /// Whether any day of a harvest falls into the months of harvest.
  func isInMonths(_ from: CivilDate, _ to: CivilDate) -> Bool {
    guard let harvest else { return true }
    let first = from.year * 12 + from.month
    let last = to.year * 12 + to.month
    // Twelve months and more meet every month.
    guard last - first < 11 else { return true }
    return (first...max(first, last)).contains { month in
      harvest.months.contains((month - 1) % 12 + 1)
    }
  }
}

extension CivilDate {
  fileprivate static var first: CivilDate {
    guard let day = CivilDate(year: 1, month: 1, day: 1) else {
      preconditionFailure("the first day of the first year exists")
    }
    return day
  }
}

public import ValueTypes

/// What somebody's movements of one product, place and kind add up to, before a period and in it.
public struct MovementSum: Sendable, Hashable {
  public let product: ProductCode
  public let place: Movement.Place
  public let kind: Movement.Kind
  public let cause: CauseCode?
  public var beforeGrams: Int64
  public var inGrams: Int64

  public init(
    product: ProductCode, place: Movement.Place, kind: Movement.Kind,
    cause: CauseCode? = nil, beforeGrams: Int64, inGrams: Int64
  ) {
    self.product = product
    self.place = place
    self.kind = kind
    self.cause = cause
    self.beforeGrams = beforeGrams
    self.inGrams = inGrams
  }
}

/// The days of a sheet, both included.
public struct BalancePeriod: Sendable, Hashable, Codable {
  public let from: CivilDate
  public let to: CivilDate

  /// Nil where it ends before it begins.
  public init?(from: CivilDate, to: CivilDate) {
    guard from <= to else { return nil }
    self.from = from
    self.to = to
  }

  /// A month, `2026-05`.
  public init?(month: some StringProtocol) {
    guard month.utf8.count == 7, let first = CivilDate(month + "-01") else { return nil }
    let days = CivilDate.days(inMonth: first.month, of: first.year)
    guard let last = CivilDate(year: first.year, month: first.month, day: days) else {
      return nil
    }
    from = first
    to = last
  }
}

/// What somebody had of one product, what came and went, and what is left, to the gram.
public struct BalanceSheet: Sendable, Hashable, Codable {
  /// In one place: opening plus all lines is closing.
  public struct Account: Sendable, Hashable, Codable {
    public let place: String
    public let openingGrams: Int64
    public let lines: [Line]
    public let closingGrams: Int64
  }

  public struct Line: Sendable, Hashable, Codable {
    public let kind: String
    /// Why, of what was found or lost, where somebody said.
    public let cause: CauseCode?
    /// Negative where it went out.
    public let grams: Int64
  }

  public let product: ProductCode
  /// Lots, then tanks and what is on its way where there is any.
  public let accounts: [Account]

  public func account(_ place: Movement.Place) -> Account? {
    accounts.first { $0.place == place.rawValue }
  }

  /// Sheets by product. `Beyond` is thrown where masses add up to more than any honest books hold.
  public static func make(_ sums: [MovementSum]) throws(Beyond) -> [BalanceSheet] {
    var byProduct: [ProductCode: [MovementSum]] = [:]
    for sum in sums { byProduct[sum.product, default: []].append(sum) }
    var sheets: [BalanceSheet] = []
    for (product, sums) in byProduct.sorted(by: { $0.key < $1.key }) {
      var accounts: [Account] = []
      for place in Movement.Place.allCases {
        let account = try account(place, sums.filter { $0.place == place })
        if place == .lots || account.openingGrams != 0 || !account.lines.isEmpty {
          accounts.append(account)
        }
      }
      sheets.append(BalanceSheet(product: product, accounts: accounts))
    }
    return sheets
  }

  private static func account(
    _ place: Movement.Place, _ sums: [MovementSum]
  ) throws(Beyond) -> Account {
    var opening: Int64 = 0
    var lines: [Line] = []
    for kind in Movement.Kind.allCases {
      var byCause: [CauseCode?: Int64] = [:]
      for sum in sums where sum.kind == kind {
        opening = try add(opening, sum.beforeGrams)
        byCause[sum.cause] = try add(byCause[sum.cause] ?? 0, sum.inGrams)
      }
      let sorted = byCause.filter { $0.value != 0 }
        .sorted { ($0.key?.text ?? "") < ($1.key?.text ?? "") }
      lines += sorted.map { Line(kind: kind.rawValue, cause: $0.key, grams: $0.value) }
    }
    var closing = opening
    for line in lines { closing = try add(closing, line.grams) }
    return Account(
      place: place.rawValue, openingGrams: opening, lines: lines, closingGrams: closing)
  }

  fileprivate static func add(_ left: Int64, _ right: Int64) throws(Beyond) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    if overflow { throw Beyond() }
    return sum
  }

  /// Masses that no honest books add up to.
  public struct Beyond: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String { "the masses add up beyond all bounds: run «raiz audit»" }
  }
}

extension Sequence<Movement> {
  /// Somebody's movements added up for a period, as the tables do it.
  public func sums(of holder: Party, _ period: BalancePeriod) throws(BalanceSheet.Beyond)
    -> [MovementSum]
  {
    var sums: [SumKey: MovementSum] = [:]
    for movement in self where movement.holder == holder && movement.day <= period.to {
      let key = SumKey(
        product: movement.product, place: movement.place, kind: movement.kind,
        cause: movement.cause)
      var sum =
        sums[key]
        ?? MovementSum(
          product: key.product, place: key.place, kind: key.kind, cause: key.cause, beforeGrams: 0,
          inGrams: 0)
      let isBefore = movement.day < period.from
      if isBefore {
        sum.beforeGrams = try BalanceSheet.add(sum.beforeGrams, movement.grams)
      } else {
        sum.inGrams = try BalanceSheet.add(sum.inGrams, movement.grams)
      }
      sums[key] = sum
    }
    return Array(sums.values)
  }
}

private struct SumKey: Hashable {
  let product: ProductCode
  let place: Movement.Place
  let kind: Movement.Kind
  let cause: CauseCode?
}

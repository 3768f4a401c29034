extension CustodyWriter {
  /// Four deliveries, each milled by itself and poured into a tank as it comes. Where the story has
  /// a plot in doubt, that plot alone delivers when the tank must become dirty.
  mutating func tankSeason(
    _ group: GroupPlan, _ plots: [PlotPlan], _ year: Int
  ) throws -> Part {
    let dirtyTurn = group.story == .tankDirty ? 1 : group.story == .tankFlushed ? 0 : nil
    let dirtyPlots = group.story?.taintedPlots ?? 0
    var oil: [Part] = []
    for (number, month) in [2, 5, 7, 9].enumerated() {
      let delivery = Delivery(year: year, number: number, month: month, dayOfMonth: 14)
      let isDirty = number == dirtyTurn
      var parts: [Part] = []
      for plot in isDirty ? plots.prefix(dirtyPlots) : plots.dropFirst(dirtyPlots) {
        var random = SampleRandom(
          seed: options.seed, 9, plot.index * 100 + year % 10 * 10 + number)
        let grams = Int(plot.hectares * random.real(10_000, 20_000) / 4 * 1_000)
        parts.append(
          try deliver(
            plot, group, delivery, grams: weighed(grams), tainted: isDirty,
            product: Product.bunches))
      }
      oil.append(try mill(group, delivery, parts))
    }
    return try throughTank(group, oil, year)
  }

  /// Pours in nine tenths of what the smallest delivery gave, each time; the tank holds ten.
  private mutating func throughTank(
    _ group: GroupPlan, _ oil: [Part], _ year: Int
  ) throws -> Part {
    let capacity = weighed((oil.map(\.grams).min() ?? 0) / 10) * 10
    let tank = "TQ-\(group.code)"
    try files.tanks.row(
      tank, "EPB", Product.oil, kilograms(capacity), "tanque", "\(year)-01-02")
    var book = TankBook(tank: tank, capacity: capacity)
    let pour = capacity / 10 * 9
    var last = Part(code: "", grams: 0, isTainted: false)
    for (number, month) in [2, 5, 7, 9].enumerated() {
      let delivery = Delivery(year: year, number: number, month: month, dayOfMonth: 14)
      try write(&book, .fill, oil[number].code, pour, delivery.later(2))
      book.fills.append((pour, oil[number].isTainted))
      // All that came in this time; but the first time a heel is left.
      var draw = pour
      if group.story != .tankClean, number == 0 { draw = pour / 10 * 9 }
      if group.story == .tankDirty, number == 1 { draw = book.holds }
      last = try tap(group, &book, delivery, weighed(draw))
      if number == 1, group.story == .tankDirty {
        try files.tankBook.row(
          tank, "EPB", "vaciado", "", kilograms(book.holds), "Rosa Inga", "tanque lavado",
          delivery.later(4))
        book.fills = []
      }
    }
    if group.story == .tankClean { story?.subjects = ["lot:" + last.code] }
    return last
  }

  private mutating func tap(
    _ group: GroupPlan, _ book: inout TankBook, _ delivery: Delivery, _ grams: Int
  ) throws -> Part {
    let code = "EPB-Q-\(group.code)-\(delivery.code)"
    try write(&book, .tap, code, grams, delivery.later(3))
    return made(code, grams, tainted: book.isTainted)
  }

  private enum Movement { case fill, tap }

  private func write(
    _ book: inout TankBook, _ movement: Movement, _ lot: String, _ grams: Int, _ day: String
  ) throws {
    book.holds += movement == .fill ? grams : -grams
    try files.tankBook.row(
      book.tank, "EPB", movement == .fill ? "llenado" : "extraccion", lot, kilograms(grams), "",
      "", day)
  }
}

/// What is in a tank of a story, worked out fill by fill.
private struct TankBook {
  let tank: String
  let capacity: Int
  var holds = 0
  /// Since it was empty, the oldest first.
  var fills: [(grams: Int, isTainted: Bool)] = []

  /// Whether something dirty may still be in it: twice the tank's capacity flushes it.
  var isTainted: Bool {
    var passed = 0
    for fill in fills.reversed() {
      if fill.isTainted { return true }
      passed += fill.grams
      if passed >= capacity * 2 { return false }
    }
    return false
  }
}

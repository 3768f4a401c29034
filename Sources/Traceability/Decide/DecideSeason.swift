import ValueTypes

/// A harvest against what its plot can bear, and when.
extension Decision {
  mutating func checkSeason(
    _ act: Command.Harvest, plot: PlotState, product: Catalogue.Product,
    restsOn: [EventReference]
  ) {
    guard let commodity = context.catalogue.commodity(product.commodity) else { return }
    let counted = PlotHarvested(
      plot: act.plot, lot: act.lot, product: act.product, grams: act.grams, from: act.from,
      to: act.to)
    checkYield(act, plot, commodity, counted, restsOn)
    checkBearing(act, plot, commodity, restsOn)
    checkMonths(act, plot, commodity, counted, restsOn)
  }

  private mutating func checkYield(
    _ act: Command.Harvest, _ plot: PlotState, _ commodity: Catalogue.Commodity,
    _ counted: PlotHarvested, _ restsOn: [EventReference]
  ) {
    guard
      let balance = SeasonBalance(
        plot, commodity: commodity.code, on: act.to, in: context.catalogue, adding: [counted]),
      balance.standing == .aboveWarning || balance.standing == .impossible
    else { return }
    let warn = balance.warnGrams ?? balance.impossibleGrams ?? 0
    let impossible = balance.impossibleGrams
    addFinding(
      .yieldAboveArea, balance.standing == .impossible ? .doubt : .notice,
      on: [.lot(act.lot), .plot(act.plot)], restsOn: restsOn,
      figures: [
        "plot": act.plot.text, "year": "\(balance.season.year)",
        "kilograms": Self.kilograms(balance.harvestedGrams),
        "hectares": hectares(balance.squareMetres),
        "usualKilograms": Self.rounded(warn),
        "possibleKilograms": impossible.map(Self.rounded) ?? "—",
      ])
  }

  private mutating func checkBearing(
    _ act: Command.Harvest, _ plot: PlotState, _ commodity: Catalogue.Commodity,
    _ restsOn: [EventReference]
  ) {
    guard let bearing = commodity.bearing, let planted = plot.registered.plantedYear else { return }
    let age = act.to.year - planted
    guard age < bearing.firstYear else { return }
    let isDoubt = age <= bearing.impossibleUpTo
    let season = commodity.season(of: act.to)
    let isKnown = plot.harvests.contains {
      season.contains($0.to) && context.catalogue.product($0.product)?.commodity == commodity.code
    }
    // A doubt holds each lot that it is about; of the same young plot one notice a season is
    // enough.
    guard isDoubt || !isKnown else { return }
    addFinding(
      .beforeFirstBearing, isDoubt ? .doubt : .notice,
      on: [.lot(act.lot), .plot(act.plot)],
      restsOn: restsOn + [EventReference(stream: plot.stream, version: 1)],
      figures: [
        "plot": act.plot.text, "commodity": commodity.code, "plantedYear": "\(planted)",
        "year": "\(act.to.year)", "age": "\(age)", "firstBearing": "\(bearing.firstYear)",
        "mass": act.grams.description,
      ])
  }

  /// A little fruit ripens all year; a plot that gives much of its season then is noticed once,
  /// by the harvest that passes the bound.
  private mutating func checkMonths(
    _ act: Command.Harvest, _ plot: PlotState, _ commodity: Catalogue.Commodity,
    _ counted: PlotHarvested, _ restsOn: [EventReference]
  ) {
    guard let months = commodity.harvest, !commodity.isInMonths(act.from, act.to),
      let balance = SeasonBalance(
        plot, commodity: commodity.code, on: act.to, in: context.catalogue),
      let usual = balance.usualGrams
    else { return }
    let season = balance.season
    let outside = plot.harvests.filter {
      season.contains($0.to) && !commodity.isInMonths($0.from, $0.to)
    }
    let bound = BoundedMass.times(usual, months.outsidePermille, over: 1_000)
    let before = BoundedMass.counted(outside, commodity.code, context.catalogue)
    let after = BoundedMass.counted(outside + [counted], commodity.code, context.catalogue)
    guard before <= bound, after > bound else { return }
    addFinding(
      .outsideSeason, .notice, on: [.lot(act.lot), .plot(act.plot)], restsOn: restsOn,
      figures: [
        "plot": act.plot.text, "commodity": commodity.code, "year": "\(season.year)",
        "from": "\(act.from)", "to": "\(act.to)", "kilograms": Self.kilograms(after),
        "boundKilograms": Self.kilograms(bound),
        "months": months.months.map(String.init).joined(separator: ", "),
      ])
  }

  /// Whole kilograms where they are whole, else to the gram.
  private static func kilograms(_ grams: Int64) -> String {
    guard grams % 1_000 != 0, let mass = try? Grams(grams) else { return "\(grams / 1_000)" }
    return mass.kilograms
  }

  private static func rounded(_ grams: Int64) -> String {
    Wording.decimal(Double(grams) / 1_000, places: 0)
  }
}

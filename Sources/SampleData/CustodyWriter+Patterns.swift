/// What is not wrong by itself, and shows only over many acts.
extension CustodyWriter {
  /// The cooperative finds that half of what was sold had been harvested.
  mutating func halve(
    _ plot: PlotPlan, _ group: GroupPlan, _ delivery: Delivery, _ grams: Int
  ) throws {
    let harvest = "H-" + plot.code.dropFirst(2) + "-" + delivery.code
    try files.corrections.row(
      harvest, "1", group.buyer, "peso mal digitado", kilograms(weighed(grams / 2)),
      "\(delivery.year)-12-01")
    find("mass-impossible", "lot:" + harvest)
    story?.subjects = ["lot:" + harvest]
  }

  /// What a plot of a story about yields gives in the last season; nil for any other.
  mutating func implausible(
    _ plot: PlotPlan, _ group: GroupPlan, _ delivery: Delivery
  ) -> Int? {
    guard let hectares = plot.measuredHectares else { return nil }
    let isFirst = plot.index == group.plots.lowerBound
    switch group.story {
    case .allAtCap:
      if isFirst, delivery.number == 0 {
        find("all-at-cap", "plot:" + plot.code)
        story?.subjects = ["plot:" + plot.code]
      }
      // 97 % of two tonnes of dry beans a hectare, in three parts of wet beans at 330 g.
      return Int(hectares * 2_000 * 0.97 / 3 / 0.33 * 1_000)
    case .outsideSeason:
      guard isFirst, delivery.number == 2 else { return nil }
      let lot = "lot:H-" + plot.code.dropFirst(2) + "-" + delivery.code
      find("outside-season", lot)
      story?.subjects = [lot]
      // Half of 1.2 t of dry beans a hectare, in September.
      return Int(hectares * 600 / 0.33 * 1_000)
    default: return nil
    }
  }

  /// A producer sells a little to everybody who buys.
  mutating func sellElsewhere(
    _ plot: PlotPlan, _ group: GroupPlan, _ delivery: Delivery
  ) throws {
    for buyer in Places.cooperatives + ["ACJ"] where buyer != group.buyer {
      let suffix = "\(plot.code.dropFirst(2))-\(delivery.code)-\(buyer)"
      let harvest = "H-" + suffix
      let purchase = "\(buyer)-C-" + suffix
      try files.harvests.row(
        harvest, plot.code, plot.producerCode, Product.wetBeans, kilograms(40_000),
        delivery.from, delivery.day)
      try files.purchases.row(
        purchase, buyer, plot.producerCode, Product.wetBeans, harvest, kilograms(40_000),
        "128,00", "PEN", "B" + suffix, delivery.day)
      _ = made(harvest, 40_000, tainted: false)
      _ = made(purchase, 40_000, tainted: false)
      guard buyer == "ACJ" else { continue }
      find("many-buyers", "lot:" + purchase)
      story?.subjects = ["lot:" + purchase]
    }
  }
}

extension CustodyWriter {
  /// Three deliveries of wet beans, each dried in one batch, then one blend.
  mutating func cocoaSeason(
    _ group: GroupPlan, _ plots: [PlotPlan], _ year: Int
  ) throws -> Part {
    var dried: [Part] = []
    let isLast = year == options.years.last
    let months = group.story == .outsideSeason && isLast ? [4, 6, 9] : [4, 6, 8]
    for (number, month) in months.enumerated() {
      let delivery = Delivery(year: year, number: number, month: month, dayOfMonth: 12)
      var parts: [Part] = []
      for plot in plots {
        parts.append(try cocoaDelivery(plot, group, delivery))
      }
      if group.story == .manyBuyers, isLast, number == 0, let plot = plots.first {
        try sellElsewhere(plot, group, delivery)
      }
      if group.story == .unknownOrigin, year == options.years.last, number == 0 {
        parts.append(try unknownPurchase(group, delivery))
      }
      dried.append(try dry(group, delivery, parts))
    }
    return try blend(
      "\(group.buyer)-B-\(group.code)-\(year % 100)", group.buyer, dried, "\(year)-10-20",
      in: files.blends)
  }

  private mutating func cocoaDelivery(
    _ plot: PlotPlan, _ group: GroupPlan, _ delivery: Delivery
  ) throws -> Part {
    var random = SampleRandom(
      seed: options.seed, 3, plot.index * 100 + delivery.year % 10 * 10 + delivery.number)
    // 600 to 1,200 kg of dry beans a hectare and year, as 2.8 times as much wet, in three parts.
    var grams = Int(plot.hectares * random.real(600, 1_200) * 2.8 / 3 * 1_000)
    let isCrossing =
      group.story == .impossibleYield && plot.index == group.plots.lowerBound
      && delivery.year == options.years.last && delivery.number == 2
    if isCrossing {
      // 4.6 t of dry beans a hectare, at 330 g of dry beans a kilogram of wet.
      grams = Int(plot.hectares * 4_600 / 0.33 * 1_000)
    }
    if delivery.year == options.years.last {
      grams = implausible(plot, group, delivery) ?? grams
    }
    let isCorrected =
      group.story == .correctedHarvest && plot.index == group.plots.lowerBound
      && delivery.year == options.years.last && delivery.number == 1
    let isTainted = plot.index - group.plots.lowerBound < (group.story?.taintedPlots ?? 0)
    let part = try deliver(
      plot, group, delivery, grams: weighed(grams), tainted: isTainted || isCorrected,
      product: Product.wetBeans)
    if isCorrected { try halve(plot, group, delivery, weighed(grams)) }
    if group.story == .youngPlot, isTainted {
      find("before-first-bearing", "lot:H-" + plot.code.dropFirst(2) + "-" + delivery.code)
    }
    if isCrossing {
      find("yield-above-area", "lot:H-" + plot.code.dropFirst(2) + "-" + delivery.code)
    }
    return part
  }

  /// Beans that somebody sells without saying where they grew.
  private mutating func unknownPurchase(
    _ group: GroupPlan, _ delivery: Delivery
  ) throws -> Part {
    let code = "\(group.buyer)-X-\(group.code)-\(delivery.code)"
    try files.purchases.row(
      code, group.buyer, "ACJ", Product.wetBeans, "", kilograms(120_000), "384,00", "PEN",
      "X\(group.code)", delivery.day)
    story?.subjects = ["lot:" + code]
    return made(code, 120_000, tainted: true)
  }

  private mutating func dry(
    _ group: GroupPlan, _ delivery: Delivery, _ parts: [Part]
  ) throws -> Part {
    var random = SampleRandom(
      seed: options.seed, 4, group.index * 1_000 + delivery.year % 10 * 10 + delivery.number)
    let run = "R-\(group.code)-\(delivery.code)"
    let code = "\(group.buyer)-S-\(group.code)-\(delivery.code)"
    let day = delivery.later(8)
    for part in parts {
      try files.processes.row(
        run, Product.drying, group.buyer, "entrada", part.code, "", kilograms(part.grams), day)
    }
    let wet = parts.reduce(0) { $0 + $1.grams }
    let dry = weighed(wet / 1_000 * random.integer(345...385))
    try files.processes.row(
      run, Product.drying, group.buyer, "salida", code, Product.dryBeans, kilograms(dry), day)
    return made(code, dry, tainted: parts.contains { $0.isTainted })
  }

  /// Four deliveries of fruit, each milled the next day, then one blend of the oil.
  mutating func palmSeason(
    _ group: GroupPlan, _ plots: [PlotPlan], _ year: Int
  ) throws -> Part {
    var oil: [Part] = []
    for (number, month) in [2, 5, 7, 9].enumerated() {
      let delivery = Delivery(year: year, number: number, month: month, dayOfMonth: 14)
      var parts: [Part] = []
      for plot in plots {
        var random = SampleRandom(
          seed: options.seed, 5, plot.index * 100 + year % 10 * 10 + number)
        // 10 to 20 t a hectare and year, in four parts.
        let grams = Int(plot.hectares * random.real(10_000, 20_000) / 4 * 1_000)
        let isTainted = plot.index - group.plots.lowerBound < (group.story?.taintedPlots ?? 0)
        parts.append(
          try deliver(
            plot, group, delivery, grams: weighed(grams), tainted: isTainted,
            product: Product.bunches))
      }
      if group.buyer != group.mill {
        let isLate =
          group.story == .lateFruit && year == options.years.last && number == 0
        let truck = try bring(group, delivery, parts, isLate: isLate)
        if isLate {
          leaveAtTheMill(truck)
          continue
        }
        parts = [truck]
      }
      oil.append(try mill(group, delivery, parts))
    }
    return try blend(
      "\(group.mill)-O-\(group.code)-\(year % 100)", group.mill, oil, "\(year)-10-20",
      in: files.blends)
  }

  /// A collector's truck: blended, sent, weighed at the mill.
  private mutating func bring(
    _ group: GroupPlan, _ delivery: Delivery, _ parts: [Part], isLate: Bool
  ) throws -> Part {
    let code = "\(group.buyer)-T-\(group.code)-\(delivery.code)"
    var truck = try blend(code, group.buyer, parts, delivery.day, in: files.truckBlends)
    let isOverloaded =
      group.story == .overloadedTruck && delivery.year == options.years.last
      && delivery.number == 1
    if isOverloaded {
      find("more-than-vehicles-carry", "lot:" + code)
      story?.subjects = ["lot:" + code]
    }
    try files.millDispatches.row(
      code, group.buyer, "EPB", "T002-\(group.code)\(delivery.code)",
      isOverloaded ? Places.smallTruck : "S2P-418", delivery.day)
    // Five days after the harvest the fruit has soured; the next morning is good practice.
    let received = weighed(truck.grams / 1_000 * 998)
    try files.millReceipts.row(
      code, "EPB", kilograms(received), delivery.later(isLate ? 5 : 1) + " 08:20")
    if isLate {
      taint("lot:" + code)
      find("delivered-late", "lot:" + code)
      story?.subjects = ["lot:" + code]
      truck.isTainted = true
    }
    return Part(code: code, grams: received, isTainted: truck.isTainted)
  }

  mutating func mill(
    _ group: GroupPlan, _ delivery: Delivery, _ parts: [Part]
  ) throws -> Part {
    var random = SampleRandom(
      seed: options.seed, 6, group.index * 1_000 + delivery.year % 10 * 10 + delivery.number)
    let run = "M-\(group.code)-\(delivery.code)"
    let day = delivery.later(1)
    for part in parts {
      try files.processes.row(
        run, Product.milling, group.mill, "entrada", part.code, "", kilograms(part.grams), day)
    }
    let fruit = parts.reduce(0) { $0 + $1.grams }
    let isTainted = parts.contains { $0.isTainted } || group.story == .millHours
    let oil = made(
      "\(group.mill)-A-\(group.code)-\(delivery.code)",
      weighed(fruit / 1_000 * random.integer(198...222)),
      tainted: isTainted)
    let kernels = made(
      "\(group.mill)-K-\(group.code)-\(delivery.code)",
      weighed(fruit / 1_000 * random.integer(34...46)),
      tainted: isTainted)
    try files.processes.row(
      run, Product.milling, group.mill, "salida", oil.code, Product.oil, kilograms(oil.grams), day)
    try files.processes.row(
      run, Product.milling, group.mill, "salida", kernels.code, Product.kernels,
      kilograms(kernels.grams), day)
    if group.story == .millHours {
      find("more-than-hours-allow", "lot:" + oil.code)
      story?.subjects = ["lot:" + oil.code]
    } else {
      keepKernels(kernels)
    }
    return oil
  }
}

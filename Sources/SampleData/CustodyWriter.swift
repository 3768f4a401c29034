/// Writes what became of a group's harvests, season by season, and notes what each planted story
/// must lead to. What is downstream of a story is worked out here, act by act, and by no rule of
/// the ledger's own.
struct CustodyWriter {
  let files: SampleFiles
  let options: SampleOptions
  private(set) var lots = 0
  private(set) var shipments = 0
  /// Of the group's story, if it has one.
  var story: Story?
  /// A blend with kernels of the mill, and its mass, for acts that must be refused.
  private(set) var kernelLot: (code: String, grams: Int)?
  /// Fruit left at the mill's gate.
  private(set) var lateLot: (code: String, grams: Int)?

  struct Part {
    let code: String
    let grams: Int
    var isTainted: Bool
  }

  init(files: SampleFiles, options: SampleOptions) {
    self.files = files
    self.options = options
  }

  mutating func write(_ group: GroupPlan, _ plots: [PlotPlan]) throws {
    for year in options.years {
      let blend =
        group.isPalm
        ? try
          (group.story?.usesTank == true && year == options.years.last
          ? tankSeason(group, plots, year) : palmSeason(group, plots, year))
        : try cocoaSeason(group, plots, year)
      try ship(group, blend, year)
    }
  }

  // MARK: Harvest and purchase

  /// Harvests a plot and sells it to the group's buyer.
  mutating func deliver(
    _ plot: PlotPlan, _ group: GroupPlan, _ delivery: Delivery, grams: Int, tainted: Bool,
    product: String
  ) throws -> Part {
    let suffix = plot.code.dropFirst(2) + "-" + delivery.code
    let harvest = "H-" + suffix
    let purchase = "\(group.buyer)-C-" + suffix
    try files.harvests.row(
      harvest, plot.code, plot.producerCode, product, kilograms(grams), delivery.from,
      delivery.day)
    try files.purchases.row(
      purchase, group.buyer, plot.producerCode, product, harvest, kilograms(grams),
      price(grams, product), "PEN", "B" + suffix, delivery.day)
    lots += 2
    if tainted {
      taint("lot:" + harvest)
      taint("lot:" + purchase)
    }
    return Part(code: purchase, grams: grams, isTainted: tainted)
  }

  /// Soles with two decimals and a comma: some 3.2 a kilogram of wet beans, 0.6 of fruit.
  private func price(_ grams: Int, _ product: String) -> String {
    let centimos = grams / 1_000 * (product == Product.wetBeans ? 320 : 60)
    return "\(centimos / 100)," + GroupPlan.padded(centimos % 100, 2)
  }

  mutating func taint(_ subject: String) {
    guard let kind = StoryKind(rawValue: story?.kind ?? "") else { return }
    story?.taint(subject, kind.verdict)
  }

  mutating func find(_ kind: String, _ subject: String) {
    story?.findings.append(Story.Finding(kind: kind, subject: subject))
  }

  mutating func made(_ code: String, _ grams: Int, tainted: Bool) -> Part {
    lots += 1
    if tainted { taint("lot:" + code) }
    return Part(code: code, grams: grams, isTainted: tainted)
  }

  mutating func leaveAtTheMill(_ lot: Part) { lateLot = (lot.code, lot.grams) }
  mutating func keepKernels(_ lot: Part) { kernelLot = (lot.code, lot.grams) }

  /// A blend of whole lots.
  mutating func blend(
    _ code: String, _ holder: String, _ parts: [Part], _ day: String, in file: PartWriter
  ) throws -> Part {
    for part in parts { try file.row(code, holder, part.code, kilograms(part.grams), day) }
    return made(
      code, parts.reduce(0) { $0 + $1.grams }, tainted: parts.contains { $0.isTainted })
  }

  // MARK: To the ship

  /// Dispatches a season's blend to the exporter, who loads and ships it.
  private mutating func ship(_ group: GroupPlan, _ blend: Part, _ year: Int) throws {
    let isShort = group.story == .shortReceipt && year == options.years.last
    var random = SampleRandom(seed: options.seed, 7, group.index * 10_000 + year)
    let season = GroupPlan.padded(year % 100, 2)
    try files.dispatches.row(
      blend.code, group.isPalm ? group.mill : group.buyer, "EXH", "T001-\(group.code)\(season)",
      "S\(random.integer(1...9))T-\(random.integer(100...999))", "\(year)-11-03")
    // A truck loses some water on the way; three per cent is more than that.
    let permille = isShort ? 970 : random.integer(997...1_000)
    let received = weighed(blend.grams / 1_000 * permille)
    try files.receipts.row(
      blend.code, "EXH", kilograms(received), "\(year)-11-05 16:30")
    var tainted = blend.isTainted
    if isShort {
      taint("lot:" + blend.code)
      find("receipt-differs", "lot:" + blend.code)
      story?.subjects = ["lot:" + blend.code]
      tainted = true
    }
    let shipment = "EMB-\(season)-\(group.code)"
    try files.shipments.row(shipment, "EXH", "Noordzee Cacao & Oil B.V.", "NL", "\(year)-11-06")
    try files.loads.row(shipment, "EXH", blend.code, kilograms(received), "\(year)-11-07")
    try files.seals.row(
      shipment, "EXH", "MSKU\(random.integer(1_000_000...9_999_999))",
      "PE\(random.integer(10_000...99_999));NL\(random.integer(10_000...99_999))",
      "\(year)-11-08")
    try files.exports.row(
      shipment, "EXH", "Callao", "BL-\(season)-\(group.code)", "\(year)-11-12")
    shipments += 1
    if tainted { taint("shipment:" + shipment) }
  }
}

/// One delivery of a season.
struct Delivery {
  let year: Int
  let number: Int
  let month: Int
  let dayOfMonth: Int

  var code: String { GroupPlan.padded(year % 100, 2) + "\(number + 1)" }
  var day: String { date(dayOfMonth) }
  var from: String { date(max(1, dayOfMonth - 2)) }
  /// The day some days later, in the same month.
  func later(_ days: Int) -> String { date(dayOfMonth + days) }

  private func date(_ day: Int) -> String {
    "\(year)-" + GroupPlan.padded(month, 2) + "-" + GroupPlan.padded(day, 2)
  }
}

/// Products and processes by the names that clerks write.
enum Product {
  static let wetBeans = "cacao en baba"
  static let dryBeans = "cacao seco en grano"
  static let bunches = "racimos de fruta fresca"
  static let oil = "aceite crudo de palma"
  static let kernels = "almendra de palma"
  static let drying = "fermentado y secado"
  static let milling = "molienda de palma"
}

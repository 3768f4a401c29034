import Tabular
import Traceability
import ValueTypes

/// Rows about custody: how lots come into being, move and change.
extension ActReader {
  mutating func harvest(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let plot: PlotCode? = cells.required("plot", .code())
    let producer: ProducerCode? = cells.required("producer", .code())
    let product = cells.required("product", .product(catalogue))
    let mass = cells.required("kg", .mass(sign))
    let from = cells.required("from", .date)
    let to = cells.required("to", .date)
    let certification = certification(&cells)
    guard let lot, let plot, let producer, let product, let mass, let from, let to,
      let moment = Timestamp(to, hour: 12, offsetMinutes: options.offsetMinutes)
    else { return }
    add(
      .harvest(
        LotHarvested(
          lot: lot, plot: plot, producer: producer, product: product, grams: mass, from: from,
          to: to, certification: certification)), cells, at: moment)
  }

  mutating func purchase(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let buyer: OrganisationCode? = cells.required("buyer", .code())
    let seller: ProducerCode? = cells.required("seller", .code())
    let product = cells.required("product", .product(catalogue))
    let source: LotCode? = cells.optional("source", .code())
    let mass = cells.required("kg", .mass(sign))
    let price = cells.optional("price", .minorUnits(decimal: sign))
    let currency = cells.optional("currency", .text(maxScalars: 3))
    let receipt = cells.optional("receipt", .text(maxScalars: 80))
    let certification = certification(&cells)
    let date = moment(&cells)
    var money: Money?
    if let price {
      money = try? Money(minorUnits: price, currency: currency?.uppercased() ?? "PEN")
      if money == nil {
        cells.refuse(
          "currency", code: "money.form",
          reason: Tabular.Wording(es: "Precio o moneda no válidos.", en: "Price or currency."),
          remedy: Tabular.Wording(
            es: "Precio de cero o más y moneda de tres letras: PEN, USD.",
            en: "A price of zero or more and three letters of currency: PEN, USD."))
      }
    }
    var head: PlannedAct.Content?
    if let lot, let buyer, let seller, let product {
      head = .purchase(
        Command.Purchase(
          lot: lot, buyer: buyer, seller: .producer(seller), product: product, inputs: [],
          price: money, receipt: receipt, certification: certification), seller: seller.text)
    }
    checkSame(&cells, lot?.text, head)
    join(lot?.text, cells, head: head, at: date) { group in
      guard let mass else { return }
      if let source {
        group.inputs.append(LotDraw(lot: source, grams: mass))
      } else {
        group.unknown = (try? group.unknown.adding(mass)) ?? mass
      }
    }
  }

  mutating func blend(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let source: LotCode? = cells.required("source", .code())
    let mass = cells.required("kg", .mass(sign))
    let date = moment(&cells)
    var head: PlannedAct.Content?
    if let lot, let holder {
      head = .command(.blend(Command.Blend(lot: lot, holder: holder, inputs: [])))
    }
    checkSame(&cells, lot?.text, head)
    join(lot?.text, cells, head: head, at: date) { group in
      if let source, let mass { group.inputs.append(LotDraw(lot: source, grams: mass)) }
    }
  }

  mutating func split(_ cells: inout RowReader) {
    let source: LotCode? = cells.required("source", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let lot: LotCode? = cells.required("lot", .code())
    let mass = cells.required("kg", .mass(sign))
    let date = moment(&cells)
    var head: PlannedAct.Content?
    if let source, let holder {
      head = .command(.split(Command.Split(source: source, holder: holder, parts: [])))
    }
    checkSame(&cells, source?.text, head)
    join(source?.text, cells, head: head, at: date) { group in
      if let lot, let mass { group.inputs.append(LotDraw(lot: lot, grams: mass)) }
    }
  }

  mutating func process(_ cells: inout RowReader) {
    let run = cells.required("run", .text(maxScalars: 64))
    let process = cells.required("process", .process(catalogue))
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let isOutput = cells.required(
      "direction", .oneOf([(false, ["entrada", "input"]), (true, ["salida", "output"])]))
    let lot: LotCode? = cells.required("lot", .code())
    let mass = cells.required("kg", .mass(sign))
    let date = moment(&cells)
    var product: ProductCode?
    if isOutput == true { product = cells.required("product", .product(catalogue)) }
    var head: PlannedAct.Content?
    if let process, let holder {
      head = .command(
        .process(Command.ProcessRun(process: process, holder: holder, inputs: [], outputs: [])))
    }
    checkSame(&cells, run, head)
    join(run, cells, head: head, at: date) { group in
      guard let lot, let mass else { return }
      if let product {
        group.outputs.append(LotProcessed.Output(lot: lot, product: product, grams: mass))
      } else {
        group.inputs.append(LotDraw(lot: lot, grams: mass))
      }
    }
  }

  mutating func dispatch(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let from: OrganisationCode? = cells.required("from", .code())
    let to: OrganisationCode? = cells.required("to", .code())
    let waybill = cells.optional("waybill", .text(maxScalars: 80))
    let vehicle = cells.optional("vehicle", .text(maxScalars: 40))
    let part = partOfLot(&cells, lot: "part", mass: "kg")
    let date = moment(&cells)
    guard let lot, let from, let to, let date else { return }
    add(
      .dispatch(
        Command.Dispatch(
          lot: lot, from: from, to: to, waybill: waybill, vehicle: vehicle, part: part)),
      cells, at: date)
  }

  mutating func receipt(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let receiver: OrganisationCode? = cells.required("receiver", .code())
    let mass = cells.required("kg", .mass(sign))
    let returned = partOfLot(&cells, lot: "returned", mass: "returnedKg")
    let reason = cells.optional("reason", .text(maxScalars: 300))
    let date = moment(&cells)
    guard let lot, let receiver, let mass, let date else { return }
    add(
      .receive(
        Command.Receipt(
          lot: lot, by: receiver, weighedGrams: mass, returned: returned, reason: reason)),
      cells, at: date)
  }

  mutating func rejection(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let receiver: OrganisationCode? = cells.required("receiver", .code())
    let reason = cells.required("reason", .text(maxScalars: 300))
    let date = moment(&cells)
    guard let lot, let receiver, let reason, let date else { return }
    add(.reject(Command.Rejection(lot: lot, by: receiver, reason: reason)), cells, at: date)
  }

  mutating func adjustment(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let mass = cells.required("kg", .mass(sign))
    let reason = cells.required("reason", .text(maxScalars: 300))
    let cause: CauseCode? = cells.optional("cause", .code())
    let date = moment(&cells)
    guard let lot, let holder, let mass, let reason, let date else { return }
    add(
      .adjust(
        Command.Adjustment(
          lot: lot, holder: holder, countedGrams: mass, reason: reason, cause: cause)),
      cells, at: date)
  }
}

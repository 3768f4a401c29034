import ValueTypes

/// What each part of a catalogue is held to.
extension CatalogueCheck {
  mutating func check(_ commodity: Catalogue.Commodity, _ place: String) {
    code(commodity.code, place + ".code")
    if let month = commodity.seasonFirstMonth, !(1...12).contains(month) {
      monthFault(place + ".seasonFirstMonth", month)
    }
    for (index, row) in commodity.yields.enumerated() {
      check(row, "\(place).yields[\(index)]")
    }
    if let bearing = commodity.bearing, bearing.impossibleUpTo >= bearing.firstYear {
      add(
        place + ".bearing",
        "impossibleUpTo \(bearing.impossibleUpTo) no es menor que firstYear"
          + " \(bearing.firstYear).",
        "impossibleUpTo \(bearing.impossibleUpTo) is not less than firstYear"
          + " \(bearing.firstYear).")
    }
    if let harvest = commodity.harvest {
      for (index, month) in harvest.months.enumerated() where !(1...12).contains(month) {
        monthFault("\(place).harvest.months[\(index)]", month)
      }
      if harvest.months.isEmpty {
        add(place + ".harvest.months", "No hay meses.", "There are no months.")
      }
      thousandths(harvest.outsidePermille, place + ".harvest.outsidePermille")
    }
  }

  private mutating func monthFault(_ place: String, _ month: Int) {
    add(place, "\(month) no es un mes (1 a 12).", "\(month) is no month (1 to 12).")
  }

  private mutating func check(_ row: Catalogue.Yield, _ place: String) {
    if let district = row.district,
      ![2, 4, 6].contains(district.utf8.count)
        || !district.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      add(
        place + ".district", "«\(district)» no es ubigeo de 2, 4 o 6 cifras.",
        "“\(district)” is no ubigeo of 2, 4 or 6 digits.")
    }
    if let ages = row.ages, ages.from > ages.to || ages.from < 0 {
      reversed(place + ".ages", "\(ages.from)", "\(ages.to)")
    }
    let steps = [
      ("usualLeast", row.usualLeast), ("usualMost", row.usualMost), ("warn", row.warn),
      ("impossible", row.impossible),
    ].compactMap { name, value in value.map { (name, $0) } }
    if steps.isEmpty { add(place, "No tiene ninguna cifra.", "It has no figure.") }
    for (name, value) in steps where !(0...1_000_000).contains(value) {
      add(
        "\(place).\(name)", "\(value) kg/ha no puede ser.", "\(value) kg/ha cannot be.")
    }
    for (low, high) in zip(steps, steps.dropFirst()) where low.1 > high.1 {
      reversed("\(place).\(high.0)", "\(low.0) \(low.1)", "\(high.1)")
    }
  }

  private mutating func reversed(_ place: String, _ low: String, _ high: String) {
    add(
      place, "El rango está al revés: \(low) es más que \(high).",
      "The range is reversed: \(low) is more than \(high).")
  }

  private mutating func thousandths(_ value: Int64, _ place: String) {
    guard !(0...1_000).contains(value) else { return }
    add(place, "\(value) no está entre 0 y 1000.", "\(value) is not between 0 and 1000.")
  }

  private mutating func range(_ range: Catalogue.Permille?, _ place: String) {
    guard let range else { return }
    thousandths(range.least, place + ".least")
    thousandths(range.most, place + ".most")
    if range.least > range.most { reversed(place, "\(range.least)", "\(range.most)") }
  }

  // MARK: Products

  mutating func check(_ product: Catalogue.Product, _ place: String) {
    let commodity =
      file.commodity(product.commodity) ?? base?.commodity(product.commodity)
    if commodity == nil {
      add(
        place + ".commodity", "No hay producto básico «\(product.commodity)».",
        "There is no commodity “\(product.commodity)”.")
    }
    customs(product, place)
    if product.harvested, product.yieldPermille == nil, commodity?.yields.isEmpty == false {
      add(
        place + ".yieldPermille", "Se cosecha y no dice cuánto cuenta para el rendimiento.",
        "It is harvested and does not say what it counts towards the yield.")
    }
    if let value = product.yieldPermille { thousandths(value, place + ".yieldPermille") }
    switch (product.noticeHours, product.keepHours) {
    case (nil, nil): break
    case (let notice?, let keep?):
      if notice > keep || notice < 0 {
        reversed(place + ".keepHours", "noticeHours \(notice)", "\(keep)")
      }
      if product.basis == nil {
        add(place + ".basis", "Falta la fuente de las horas.", "The hours have no source.")
      }
    default:
      add(
        place + ".keepHours", "noticeHours y keepHours van juntos.",
        "noticeHours and keepHours go together.")
    }
    if let whole = product.gradeOf { known(whole, place + ".gradeOf") }
  }

  private mutating func customs(_ product: Catalogue.Product, _ place: String) {
    func isCode(_ text: String) -> Bool {
      (2...6).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    if !isCode(product.hsHeading) {
      add(
        place + ".hsHeading", "«\(product.hsHeading)» no es código SA de 2 a 6 cifras seguidas.",
        "“\(product.hsHeading)” is no HS code of 2 to 6 digits without blanks.")
    }
    if let entry = product.annexI, !isCode(entry) || !product.hsHeading.hasPrefix(entry) {
      add(
        place + ".annexI", "«\(entry)» no es el comienzo de \(product.hsHeading).",
        "“\(entry)” is not what \(product.hsHeading) begins with.")
    }
    if product.ex == true, product.annexI == nil {
      add(place + ".ex", "Sin entrada del anexo I no hay «ex».", "No “ex” without an entry.")
    }
  }

  private mutating func known(_ code: ProductCode, _ place: String) {
    guard file.product(code) == nil, base?.product(code) == nil else { return }
    add(place, "No hay producto «\(code)».", "There is no product “\(code)”.")
  }

  // MARK: Processes

  mutating func check(_ process: Catalogue.Process, _ place: String) {
    if process.inputs.isEmpty { add(place + ".inputs", "No entra nada.", "Nothing goes in.") }
    if process.outputs.isEmpty { add(place + ".outputs", "No sale nada.", "Nothing comes out.") }
    for (index, code) in process.inputs.enumerated() {
      known(code, "\(place).inputs[\(index)]")
    }
    var least: [ProductCode: Int64] = [:]
    for (index, output) in process.outputs.enumerated() {
      let spot = "\(place).outputs[\(index)]"
      known(output.product, spot + ".product")
      range(output.usual, spot + ".usual")
      range(output.notice, spot + ".notice")
      range(output.doubt, spot + ".doubt")
      if let notice = output.notice, let doubt = output.doubt,
        notice.least < doubt.least || notice.most > doubt.most
      {
        add(
          spot + ".notice", "Sale del rango de duda.", "It reaches beyond the range of doubt.")
      }
      if output.basis == nil, output.usual ?? output.notice ?? output.doubt != nil {
        add(spot + ".basis", "Falta la fuente.", "The source is missing.")
      }
      least[output.product] = max(least[output.product] ?? 0, output.doubt?.least ?? 0)
    }
    range(process.loss?.notice, place + ".loss.notice")
    let sum = least.values.filter { $0 > 0 }.reduce(0) { $0 &+ $1 }
    if sum > 1_000 {
      add(
        place + ".outputs", "Los mínimos suman \(sum) por mil: más de lo que entra.",
        "The least outputs sum up to \(sum) per mille: more than goes in.")
    }
    let commodities = Set(
      (process.inputs + process.products).compactMap {
        (file.product($0) ?? base?.product($0))?.commodity
      })
    if commodities.count > 1 {
      let list = commodities.sorted().joined(separator: ", ")
      add(place, "Mezcla productos de \(list).", "It mixes products of \(list).")
    }
  }

  /// A way round through processes that may lose nothing would let mass go round for ever, each
  /// time under a new lot's code.
  mutating func checkCycles() {
    var next: [ProductCode: [(product: ProductCode, process: Int)]] = [:]
    for (index, process) in file.processes.enumerated() where process.mayLoseNothing {
      for input in process.inputs {
        for output in process.outputs where (output.doubt?.most ?? 1_000) >= 1_000 {
          next[input, default: []].append((output.product, index))
        }
      }
    }
    var told: Set<Int> = []
    for start in next.keys.sorted() {
      var seen: Set<ProductCode> = []
      var waiting = next[start] ?? []
      while let step = waiting.popLast() {
        if step.product == start, told.insert(step.process).inserted {
          add(
            "processes[\(step.process)]", "\(start) vuelve a ser \(start) sin pérdida.",
            "\(start) becomes \(start) again without loss.")
        }
        if seen.insert(step.product).inserted { waiting += next[step.product] ?? [] }
      }
    }
  }
}

extension Catalogue.Process {
  fileprivate var mayLoseNothing: Bool { (loss?.notice.least ?? 0) == 0 }
}

import ValueTypes

/// A process run against the ranges that the catalogue has for it.
extension Decision {
  mutating func checkConversion(
    _ act: Command.ProcessRun, _ process: Catalogue.Process, input: Grams,
    restsOn: [EventReference]
  ) {
    let subjects = act.outputs.map { StreamKey.lot($0.lot) }
    for product in process.products {
      let mass = act.outputs.filter { $0.product == product }
        .reduce(Int64(0)) { $0 + $1.grams.value }
      // A run may leave a by-product out; what it makes must be in range.
      guard mass > 0, let range = process.output(product, on: occurredAt.localDate)
      else { continue }
      let severity: FindingSeverity
      let passed: Catalogue.Permille
      if let doubt = range.doubt, !doubt.holds(mass, of: input.value) {
        (severity, passed) = (.doubt, doubt)
      } else if let notice = range.notice, !notice.holds(mass, of: input.value) {
        (severity, passed) = (.notice, notice)
      } else {
        continue
      }
      addFinding(
        .conversionOutOfRange, severity, on: subjects, restsOn: restsOn,
        figures: [
          "process": process.code.text, "product": product.text,
          "input": input.description, "permille": "\(mass * 1_000 / input.value)",
          "least": "\(passed.least)", "most": "\(passed.most)",
        ])
    }
    let output = act.outputs.reduce(Int64(0)) { $0 + $1.grams.value }
    guard let loss = process.loss, !loss.notice.holds(input.value - output, of: input.value)
    else { return }
    addFinding(
      .lossOutOfRange, .notice, on: subjects, restsOn: restsOn,
      figures: [
        "process": process.code.text, "input": input.description,
        "permille": "\((input.value - output) * 1_000 / input.value)",
        "least": "\(loss.notice.least)", "most": "\(loss.notice.most)",
      ])
  }
}

extension Catalogue.Permille {
  /// Compared in thousandths without dividing, to the gram. A mass is at most 10¹⁵ g, so a
  /// thousand times it stays within Int64; the catalogue's figures have no such bound.
  fileprivate func holds(_ mass: Int64, of input: Int64) -> Bool {
    let scaled = (Int64(0), UInt64(max(0, mass) * 1_000))
    return input.multipliedFullWidth(by: least) <= scaled
      && input.multipliedFullWidth(by: most) >= scaled
  }
}

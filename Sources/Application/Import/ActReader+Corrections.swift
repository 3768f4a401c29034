import Tabular
import Traceability
import ValueTypes

/// Rows that correct what was recorded, and parts of lots.
extension ActReader {
  /// Several rows of one lot and act are one correction: a row an input or output.
  mutating func correction(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let version = cells.required("version", .integer())
    let by: OrganisationCode? = cells.required("organisation", .code())
    let reason = cells.required("reason", .text(maxScalars: 300))
    let isVoid = cells.optional(
      "void", .oneOf([(true, ["si", "sí", "yes"]), (false, ["no"])]))
    let part = correctedPart(&cells)
    var act: Correction?
    if let lot, let version, let by, let reason {
      var made = Correction(
        lot: lot, version: version, by: by, reason: reason, isVoid: isVoid ?? false)
      made.plot = cells.optional("plot", .code())
      made.producer = cells.optional("producer", .code())
      made.from = cells.optional("from", .date)
      made.to = cells.optional("to", .date)
      if case .whole(let grams) = part { made.grams = grams }
      act = made
    }
    let date = cells.optional("date", .momentOrDay(offsetMinutes: options.offsetMinutes))
    let key = lot.flatMap { lot in version.map { "\(lot)@\($0)" } }
    let head = act.map { PlannedAct.Content.command(.correct($0)) }
    checkSame(&cells, key, head)
    join(key, cells, head: head, at: date ?? options.now) { group in
      switch part {
      case .input(let draw): group.inputs.append(draw)
      case .unknown(let grams): group.unknown = (try? group.unknown.adding(grams)) ?? grams
      case .output(let output): group.outputs.append(output)
      case .whole, nil: break
      }
    }
  }

  private enum Part {
    case whole(Grams)
    case input(LotDraw)
    case unknown(Grams)
    case output(LotProcessed.Output)
  }

  /// What the row's mass is of: an input or output where it says so, else the act itself.
  private func correctedPart(_ cells: inout RowReader) -> Part? {
    let isOutput = cells.optional(
      "direction", .oneOf([(false, ["entrada", "input"]), (true, ["salida", "output"])]))
    let other: LotCode? = cells.optional("source", .code())
    let product = cells.optional("product", .product(catalogue))
    guard let grams = cells.optional("kg", .mass(sign)) else { return nil }
    guard let isOutput else { return .whole(grams) }
    guard isOutput else {
      return other.map { .input(LotDraw(lot: $0, grams: grams)) } ?? .unknown(grams)
    }
    guard let other, let product else {
      cells.refuse(
        "source", code: "output.incomplete",
        reason: Tabular.Wording(
          es: "A la salida le falta lote_origen o producto.",
          en: "The output lacks source_lot or product."),
        remedy: Tabular.Wording(
          es: "Indique el lote que salió y su producto.",
          en: "Give the lot that came out and its product."))
      return nil
    }
    return .output(LotProcessed.Output(lot: other, product: product, grams: grams))
  }

  /// A new lot and its mass: both, or neither.
  func partOfLot(_ cells: inout RowReader, lot: String, mass: String) -> LotDraw? {
    let code: LotCode? = cells.optional(lot, .code())
    let grams = cells.optional(mass, .mass(sign))
    if let code, let grams { return LotDraw(lot: code, grams: grams) }
    if code != nil || grams != nil, cells.problems.isEmpty {
      cells.refuse(
        code == nil ? lot : mass, code: "part.incomplete",
        reason: Tabular.Wording(
          es: "Una parte lleva código de lote y peso; falta uno.",
          en: "A part has a lot code and a mass; one is missing."),
        remedy: Tabular.Wording(
          es: "Dé los dos, o ninguno si va el lote entero.",
          en: "Give both, or neither where the whole lot goes."))
    }
    return nil
  }
}

import Tabular
import Traceability
import ValueTypes

/// Rows about tanks and silos.
extension ActReader {
  mutating func tank(_ cells: inout RowReader) {
    let tank: TankCode? = cells.required("tank", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let product = cells.required("product", .product(catalogue))
    let capacity = cells.required("capacity", .mass(sign))
    let form = cells.optional(
      "form", .oneOf([(TankForm.tank, ["tanque", "tank"]), (.silo, ["silo"])]))
    let date = moment(&cells)
    guard let tank, let holder, let product, let capacity, let date else { return }
    add(
      .registerTank(
        TankRegistered(
          tank: tank, holder: holder, product: product, capacityGrams: capacity,
          form: form ?? .tank)), cells, at: date)
  }

  /// One row of a tank's book: what was poured in, drawn off, counted, or found empty.
  mutating func tankAct(_ cells: inout RowReader) {
    let tank: TankCode? = cells.required("tank", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let movement = cells.required("movement", .tankMovement)
    let mass = cells.required("kg", .mass(sign))
    let date = moment(&cells)
    let lot: LotCode? =
      movement?.namesLot == true
      ? cells.required("lot", .code()) : cells.optional("lot", .code())
    let reason = movement.flatMap { movement -> String? in
      movement.namesLot
        ? cells.optional("reason", .text(maxScalars: 300))
        : cells.required("reason", .text(maxScalars: 300))
    }
    let person =
      movement == .emptying
      ? cells.required("measuredBy", .text(maxScalars: 120))
      : cells.optional("measuredBy", .text(maxScalars: 120))
    let cause: CauseCode? = cells.optional("cause", .code())
    let evidence = cells.optional("evidence", .digest())
    guard let tank, let holder, let movement, let mass, let date else { return }
    switch movement {
    case .fill:
      guard let lot else { return }
      let inputs = [LotDraw(lot: lot, grams: mass)]
      add(
        .fillTank(Command.TankFill(tank: tank, holder: holder, inputs: inputs)), cells, at: date)
    case .tap:
      guard let lot else { return }
      add(
        .tapTank(Command.TankTap(tank: tank, holder: holder, lot: lot, grams: mass)), cells,
        at: date)
    case .count:
      guard let reason else { return }
      add(
        .countTank(
          Command.TankCount(
            tank: tank, holder: holder, countedGrams: mass, reason: reason, cause: cause)),
        cells, at: date)
    case .emptying:
      guard let reason, let person else { return }
      add(
        .emptyTank(
          Command.TankEmptying(
            tank: tank, holder: holder, lossGrams: mass, measuredBy: person, reason: reason,
            cause: cause, evidence: evidence.map { [$0] } ?? [])), cells, at: date)
    }
  }
}

/// What a row of a tank's book is about.
enum TankMovement: Sendable, Hashable {
  case fill, tap, count, emptying

  var namesLot: Bool { self == .fill || self == .tap }
}

extension CellReader where Value == TankMovement {
  static var tankMovement: CellReader {
    .oneOf([
      (.fill, ["llenado", "fill"]), (.tap, ["extraccion", "tap", "draw-off"]),
      (.count, ["conteo", "count"]), (.emptying, ["vaciado", "emptying"]),
    ])
  }
}

import Traceability
import ValueTypes

extension ActsOfTable {
  mutating func tank(_ row: TableRow) throws {
    try add(
      .registerTank(
        TankRegistered(
          tank: try TankCode(row.text("tanque")),
          holder: try OrganisationCode(row.text("organizacion")), product: try product(row),
          capacityGrams: try Grams(row.grams("capacidad_kg")), form: .tank)), row)
  }

  mutating func tankAct(_ row: TableRow) throws {
    let tank = try TankCode(row.text("tanque"))
    let holder = try OrganisationCode(row.text("organizacion"))
    let grams = try Grams(row.grams())
    switch try row.text("movimiento") {
    case "llenado":
      let draw = LotDraw(lot: try LotCode(row.text("lote")), grams: grams)
      try add(.fillTank(.init(tank: tank, holder: holder, inputs: [draw])), row)
    case "extraccion":
      let lot = try LotCode(row.text("lote"))
      try add(.tapTank(.init(tank: tank, holder: holder, lot: lot, grams: grams)), row)
    case "vaciado":
      try add(
        .emptyTank(
          .init(
            tank: tank, holder: holder, lossGrams: grams,
            measuredBy: try row.text("medido_por"), reason: try row.text("motivo"))), row)
    default: throw MemoryLedger.Unreadable(what: try row.text("movimiento"))
    }
  }
}

import Tabular
import Traceability
import ValueTypes

/// Rows about shipments.
extension ActReader {
  mutating func shipment(_ cells: inout RowReader) {
    let shipment: ShipmentCode? = cells.required("shipment", .code())
    let exporter: OrganisationCode? = cells.required("exporter", .code())
    let importer = cells.optional("importer", .text())
    let destination = cells.required("destination", .country())
    let date = moment(&cells)
    guard let shipment, let exporter, let destination, let date else { return }
    add(
      .openShipment(
        ShipmentOpened(
          shipment: shipment, exporter: exporter, importerName: importer,
          destination: destination)), cells, at: date)
  }

  mutating func load(_ cells: inout RowReader) {
    let shipment: ShipmentCode? = cells.required("shipment", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let lot: LotCode? = cells.required("lot", .code())
    let mass = cells.required("kg", .mass(sign))
    let date = moment(&cells)
    guard let shipment, let holder, let lot, let mass, let date else { return }
    add(
      .load(Command.Loading(shipment: shipment, holder: holder, lot: lot, grams: mass)), cells,
      at: date)
  }

  mutating func seal(_ cells: inout RowReader) {
    let shipment: ShipmentCode? = cells.required("shipment", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let container = cells.optional("container", .text(maxScalars: 40))
    let seals = cells.optional("seals", .text(maxScalars: 400))
    let date = moment(&cells)
    guard let shipment, let holder, let date else { return }
    let numbers =
      seals?.split(separator: ";").map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      } ?? []
    add(
      .seal(
        holder: holder,
        ShipmentSealed(shipment: shipment, container: container, seals: numbers)), cells,
      at: date)
  }

  mutating func export(_ cells: inout RowReader) {
    let shipment: ShipmentCode? = cells.required("shipment", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let port = cells.optional("port", .text(maxScalars: 80))
    let document = cells.optional("document", .text(maxScalars: 80))
    let date = moment(&cells)
    guard let shipment, let holder, let date else { return }
    add(
      .export(
        holder: holder,
        ShipmentExported(shipment: shipment, port: port, transportDocument: document)), cells,
      at: date)
  }

  /// Rows of one act must say the same of it: who, what, for how much.
  mutating func checkSame(
    _ cells: inout RowReader, _ key: String?, _ head: PlannedAct.Content?
  ) {
    guard let key, let head, let first = headOfGroup(key), !first.isSameHead(as: head) else {
      return
    }
    cells.refuse(
      nil, code: "group.differs",
      reason: Tabular.Wording(
        es: "Las filas de «\(key)» no dicen lo mismo del acto.",
        en: "The rows of “\(key)” do not say the same of the act."),
      remedy: Tabular.Wording(
        es: "Iguale organización, producto, precio y proceso en todas sus filas.",
        en: "Make organisation, product, price and process equal in all its rows."))
  }
}

extension PlannedAct.Content {
  /// Equal but for the masses, which the rows give one by one.
  fileprivate func isSameHead(as other: PlannedAct.Content) -> Bool {
    switch (self, other) {
    case (.command(let left), .command(let right)): left == right
    case (.purchase(let left, let seller), .purchase(let right, let otherSeller)):
      left == right && seller == otherSeller
    default: false
    }
  }
}

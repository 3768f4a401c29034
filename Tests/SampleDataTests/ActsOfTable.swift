import Traceability
import ValueTypes

/// Reads a table's rows into acts, joining the rows that belong to one act.
struct ActsOfTable {
  struct Act {
    var command: Command
    /// Nil for a registration, which has no date of its own.
    var moment: Timestamp?
  }

  let catalogue: Catalogue
  private var acts: [Act] = []
  /// Where the act of a code stands in `acts`.
  private var places: [String: Int] = [:]

  init(catalogue: Catalogue) { self.catalogue = catalogue }

  func finished() throws -> [Act] { acts }

  mutating func read(_ row: TableRow, kind: String) throws {
    switch kind {
    case "organizaciones", "productores", "tenencia": try register(row, kind)
    case "capacidades": try capacity(row)
    case "cosechas": try harvest(row)
    case "compras": try purchase(row)
    case "mezclas": try blend(row)
    case "procesos": try process(row)
    case "despachos", "recepciones": try move(row, kind)
    case "tanques": try tank(row)
    case "movimientos": try tankAct(row)
    case "correcciones":
      var act = Correction(
        lot: try LotCode(row.text("lote")), by: try OrganisationCode(row.text("organizacion")),
        reason: try row.text("motivo"))
      act.grams = try Grams(row.grams())
      try add(.correct(act), row)
    default: try ship(row, kind)
    }
  }

  mutating func add(_ command: Command, _ row: TableRow? = nil) throws {
    acts.append(Act(command: command, moment: try row.map { try moment($0) }))
  }

  private func moment(_ row: TableRow) throws -> Timestamp {
    try MemoryLedger.moment(row.text("fecha"))
  }

  func product(_ row: TableRow) throws -> ProductCode {
    let name = try row.text("producto")
    guard let product = catalogue.products.first(where: { $0.es == name }) else {
      throw MemoryLedger.Unreadable(what: name)
    }
    return product.code
  }

  private func draw(_ row: TableRow, _ column: String = "lote_origen") throws -> LotDraw {
    LotDraw(lot: try LotCode(row.text(column)), grams: try Grams(row.grams()))
  }

  // MARK: Who and what

  private mutating func register(_ row: TableRow, _ kind: String) throws {
    if kind == "organizaciones" {
      let kinds: [String: OrganisationKind] = [
        "cooperativa": .cooperative, "asociacion": .association, "planta": .mill,
        "acopiador": .collector, "exportador": .exporter, "importador": .importer,
      ]
      guard let organisationKind = kinds[try row.text("tipo")] else {
        throw MemoryLedger.Unreadable(what: try row.text("tipo"))
      }
      return try add(
        .registerOrganisation(
          OrganisationRegistered(
            organisation: try OrganisationCode(row.text("codigo")), name: try row.text("nombre"),
            kind: organisationKind, country: try row.text("pais"))))
    }
    if kind == "productores" {
      return try add(
        .registerProducer(
          ProducerRegistered(
            producer: try ProducerCode(row.text("codigo")),
            organisation: try row.some("organizacion").map { try OrganisationCode($0) },
            district: try row.some("distrito"), person: nil)))
    }
    let kinds: [String: TenureKind] = [
      "titulo": .title, "cusaf": .cusaf, "posesion": .possession, "ppa": .ppa,
    ]
    guard let tenure = kinds[try row.text("tipo")],
      let digest = SHA256Digest(hex: try row.text("sha256"))
    else { throw MemoryLedger.Unreadable(what: try row.text("sha256")) }
    try add(
      .documentTenure(
        PlotTenureDocumented(
          plot: try PlotCode(row.text("parcela")), kind: tenure, number: try row.text("numero"),
          issuer: try row.some("emisor"), digest: digest, validTo: nil)))
  }

  private mutating func capacity(_ row: TableRow) throws {
    try add(
      .declareCapacity(
        CapacityDeclared(
          organisation: try OrganisationCode(row.text("organizacion")),
          vehicle: try row.some("vehiculo"),
          tripGrams: try row.some("kg_viaje").map { _ in try Grams(row.grams("kg_viaje")) },
          tripsPerDay: try row.some("viajes_dia").flatMap { Int($0) },
          hourGrams: try row.some("kg_hora").map { _ in try Grams(row.grams("kg_hora")) },
          hoursPerDay: try row.some("horas_dia").flatMap { Int($0) },
          source: try row.some("fuente"))))
  }

  // MARK: Custody

  private mutating func harvest(_ row: TableRow) throws {
    let to = try row.text("hasta")
    let command = Command.harvest(
      LotHarvested(
        lot: try LotCode(row.text("lote")), plot: try PlotCode(row.text("parcela")),
        producer: try ProducerCode(row.text("productor")), product: try product(row),
        grams: try Grams(row.grams()), from: try MemoryLedger.day(row.text("desde")),
        to: try MemoryLedger.day(to)))
    acts.append(Act(command: command, moment: try MemoryLedger.moment(to)))
  }

  private mutating func purchase(_ row: TableRow) throws {
    let code = try row.text("lote")
    let seller = try row.text("vendedor")
    // Producers' codes begin so in a sample; all other sellers are organisations.
    let party: Party =
      seller.hasPrefix("PR-")
      ? .producer(try ProducerCode(seller)) : .organisation(try OrganisationCode(seller))
    try join(code, row) { reader in
      .purchase(
        .init(
          lot: try LotCode(code), buyer: try OrganisationCode(row.text("comprador")),
          seller: party, product: try reader.product(row), inputs: []))
    } change: { reader, command in
      guard case .purchase(var act) = command else { return }
      if try row.some("lote_origen") == nil {
        act.unknownOriginGrams = try act.unknownOriginGrams.adding(Grams(row.grams()))
      } else {
        act.inputs.append(try reader.draw(row))
      }
      command = .purchase(act)
    }
  }

  private mutating func blend(_ row: TableRow) throws {
    let code = try row.text("lote")
    try join(code, row) { _ in
      .blend(
        .init(
          lot: try LotCode(code), holder: try OrganisationCode(row.text("organizacion")),
          inputs: []))
    } change: { reader, command in
      guard case .blend(var act) = command else { return }
      act.inputs.append(try reader.draw(row))
      command = .blend(act)
    }
  }

  private mutating func process(_ row: TableRow) throws {
    let name = try row.text("proceso")
    guard let process = catalogue.processes.first(where: { $0.es == name }) else {
      throw MemoryLedger.Unreadable(what: name)
    }
    try join(try row.text("corrida"), row) { _ in
      .process(
        .init(
          process: process.code, holder: try OrganisationCode(row.text("organizacion")),
          inputs: [], outputs: []))
    } change: { reader, command in
      guard case .process(var act) = command else { return }
      let part = try reader.draw(row, "lote")
      if try row.text("sentido") == "entrada" {
        act.inputs.append(part)
      } else {
        act.outputs.append(
          .init(lot: part.lot, product: try reader.product(row), grams: part.grams))
      }
      command = .process(act)
    }
  }

  /// Adds the row to the act of that code, which `head` begins where this row is its first.
  private mutating func join(
    _ key: String, _ row: TableRow, head: (Self) throws -> Command,
    change: (Self, inout Command) throws -> Void
  ) throws {
    let reader = self
    if places[key] == nil {
      places[key] = acts.count
      try add(try head(reader), row)
    }
    guard let place = places[key] else { return }
    try change(reader, &acts[place].command)
  }

  private mutating func move(_ row: TableRow, _ kind: String) throws {
    let lot = try LotCode(row.text("lote"))
    if kind == "despachos" {
      try add(
        .dispatch(
          .init(
            lot: lot, from: try OrganisationCode(row.text("de")),
            to: try OrganisationCode(row.text("a")), waybill: try row.some("guia"),
            vehicle: try row.some("vehiculo"))), row)
    } else {
      try add(
        .receive(
          .init(
            lot: lot, by: try OrganisationCode(row.text("receptor")),
            weighedGrams: try Grams(row.grams()))), row)
    }
  }

  private mutating func ship(_ row: TableRow, _ kind: String) throws {
    let shipment = try ShipmentCode(row.text("embarque"))
    if kind == "embarques" {
      return try add(
        .openShipment(
          ShipmentOpened(
            shipment: shipment, exporter: try OrganisationCode(row.text("exportador")),
            importerName: try row.some("importador"), destination: try row.text("destino"))), row)
    }
    let holder = try OrganisationCode(row.text("organizacion"))
    switch kind {
    case "cargas":
      let part = try draw(row, "lote")
      try add(
        .load(.init(shipment: shipment, holder: holder, lot: part.lot, grams: part.grams)), row)
    case "sellos":
      try add(
        .seal(
          holder: holder,
          ShipmentSealed(
            shipment: shipment, container: try row.some("contenedor"),
            seals: try row.text("precintos").split(separator: ";").map(String.init))), row)
    case "exportaciones":
      try add(
        .export(
          holder: holder,
          ShipmentExported(
            shipment: shipment, port: try row.some("puerto"),
            transportDocument: try row.some("documento"))), row)
    default: throw MemoryLedger.Unreadable(what: kind)
    }
  }
}

import Application
import HTTPTypes
import Hummingbird
import Traceability
import ValueTypes

/// One custody act as a client sends it. Masses are whole grams; codes are texts.
struct ActRequest: Decodable {
  struct Draw: Decodable {
    let lot: LotCode
    let grams: Grams
  }

  struct Output: Decodable {
    let lot: LotCode
    let product: ProductCode
    let grams: Grams
  }

  enum Act: String, Decodable, CaseIterable {
    case harvest, purchase, blend, split, process, dispatch, receive, reject, adjust, correct
    case openShipment = "open-shipment"
    case load, seal, export
    case registerTank = "register-tank"
    case fillTank = "fill-tank"
    case tapTank = "tap-tank"
    case countTank = "count-tank"
    case emptyTank = "empty-tank"
    case certifyPlot = "certify-plot"
    case downgrade
  }

  let act: Act
  let occurredAt: Timestamp
  var lot: LotCode?
  var plot: PlotCode?
  var producer: ProducerCode?
  var product: ProductCode?
  var grams: Grams?
  var from: CivilDate?
  var to: CivilDate?
  /// Who acts: buyer, holder, sender, receiver or exporter.
  var organisation: OrganisationCode?
  /// `producer:` or `organisation:` and a code.
  var seller: Party?
  var receiver: OrganisationCode?
  var inputs: [Draw]?
  var parts: [Draw]?
  var outputs: [Output]?
  var unknownOriginGrams: Grams?
  var price: Money?
  var receipt: String?
  var process: ProcessCode?
  var waybill: String?
  var vehicle: String?
  var reason: String?
  var shipment: ShipmentCode?
  var importer: String?
  var destination: String?
  var container: String?
  var seals: [String]?
  var port: String?
  var transportDocument: String?
  /// The part of a lot that is dispatched, or refused on arrival: a new lot and its mass.
  var part: Draw?
  /// Of a correction: the version of the event that was wrong, and whether it never happened.
  var version: Int64?
  var void: Bool?
  var tank: TankCode?
  var scheme: SchemeCode?
  var model: CertificationModel?
  /// The certificate's number.
  var certificate: String?
  var validTo: CivilDate?
  /// SHA-256 of the certificate.
  var digest: SHA256Digest?
  var capacityGrams: Grams?
  var form: TankForm?
  var lossGrams: Grams?
  var measuredBy: String?
  /// The code of a cause.
  var cause: CauseCode?
  /// SHA-256 of documents.
  var evidence: [SHA256Digest]?

  /// The command, or a problem that names every field that is missing.
  func command(in language: Language) throws -> (Command, Timestamp) {
    var wanted = Wanted()
    let command = custody(&wanted) ?? tanks(&wanted) ?? certification(&wanted) ?? shipping(&wanted)
    guard let command, wanted.missing.isEmpty else {
      var problem = Problem(
        .unprocessableContent, "fields-missing",
        (language == .spanish ? "Faltan: " : "Missing: ")
          + wanted.missing.joined(separator: ", "))
      problem.fields = wanted.missing.map {
        Problem.Field(
          field: $0, detail: language == .spanish ? "falta este dato" : "this field is missing")
      }
      throw problem
    }
    return (command, occurredAt)
  }

  /// Notes what an act needs and lacks.
  struct Wanted {
    var missing: [String] = []

    mutating func need<Value>(_ value: Value?, _ name: String) -> Value? {
      if value == nil { missing.append(name) }
      return value
    }
  }

  func draws(_ list: [Draw]?) -> [LotDraw]? {
    list.map { $0.map { LotDraw(lot: $0.lot, grams: $0.grams) } }
  }

  private func custody(_ wanted: inout Wanted) -> Command? {
    switch act {
    case .harvest: return harvest(&wanted)
    case .purchase: return purchase(&wanted)
    case .blend:
      let lot = wanted.need(lot, "lot")
      let holder = wanted.need(organisation, "organisation")
      let inputs = wanted.need(draws(inputs), "inputs")
      guard let lot, let holder, let inputs else { return nil }
      return .blend(Command.Blend(lot: lot, holder: holder, inputs: inputs))
    case .split:
      let lot = wanted.need(lot, "lot")
      let holder = wanted.need(organisation, "organisation")
      let parts = wanted.need(draws(parts), "parts")
      guard let lot, let holder, let parts else { return nil }
      return .split(Command.Split(source: lot, holder: holder, parts: parts))
    case .process: return processRun(&wanted)
    case .dispatch:
      let lot = wanted.need(lot, "lot")
      let sender = wanted.need(organisation, "organisation")
      let receiver = wanted.need(receiver, "receiver")
      guard let lot, let sender, let receiver else { return nil }
      return .dispatch(
        Command.Dispatch(
          lot: lot, from: sender, to: receiver, waybill: waybill, vehicle: vehicle,
          part: draws(part.map { [$0] })?.first))
    case .receive:
      let lot = wanted.need(lot, "lot")
      let receiver = wanted.need(organisation, "organisation")
      let grams = wanted.need(grams, "grams")
      guard let lot, let receiver, let grams else { return nil }
      return .receive(
        Command.Receipt(
          lot: lot, by: receiver, weighedGrams: grams,
          returned: draws(part.map { [$0] })?.first, reason: reason))
    case .reject:
      let lot = wanted.need(lot, "lot")
      let receiver = wanted.need(organisation, "organisation")
      let reason = wanted.need(reason, "reason")
      guard let lot, let receiver, let reason else { return nil }
      return .reject(Command.Rejection(lot: lot, by: receiver, reason: reason))
    case .adjust:
      let lot = wanted.need(lot, "lot")
      let holder = wanted.need(organisation, "organisation")
      let grams = wanted.need(grams, "grams")
      let reason = wanted.need(reason, "reason")
      guard let lot, let holder, let grams, let reason else { return nil }
      return .adjust(
        Command.Adjustment(
          lot: lot, holder: holder, countedGrams: grams, reason: reason, cause: cause))
    case .correct: return correction(&wanted)
    default: return nil
    }
  }

  private func correction(_ wanted: inout Wanted) -> Command? {
    let lot = wanted.need(lot, "lot")
    let version = wanted.need(version, "version")
    let by = wanted.need(organisation, "organisation")
    let reason = wanted.need(reason, "reason")
    guard let lot, let version, let by, let reason else { return nil }
    var act = Correction(
      lot: lot, version: version, by: by, reason: reason, isVoid: void ?? false)
    act.grams = grams
    act.plot = plot
    act.producer = producer
    act.from = from
    act.to = to
    act.inputs = draws(inputs)
    act.unknownOriginGrams = unknownOriginGrams
    act.outputs = outputs?.map {
      LotProcessed.Output(lot: $0.lot, product: $0.product, grams: $0.grams)
    }
    return .correct(act)
  }

  private func harvest(_ wanted: inout Wanted) -> Command? {
    let lot = wanted.need(lot, "lot")
    let plot = wanted.need(plot, "plot")
    let producer = wanted.need(producer, "producer")
    let product = wanted.need(product, "product")
    let grams = wanted.need(grams, "grams")
    let from = wanted.need(from, "from")
    let to = wanted.need(to, "to")
    guard let lot, let plot, let producer, let product, let grams, let from, let to else {
      return nil
    }
    return .harvest(
      LotHarvested(
        lot: lot, plot: plot, producer: producer, product: product, grams: grams, from: from,
        to: to, certification: claim))
  }

  private func purchase(_ wanted: inout Wanted) -> Command? {
    let lot = wanted.need(lot, "lot")
    let buyer = wanted.need(organisation, "organisation")
    let seller = wanted.need(seller, "seller")
    let product = wanted.need(product, "product")
    let inputs = wanted.need(draws(inputs), "inputs")
    guard let lot, let buyer, let seller, let product, let inputs else { return nil }
    return .purchase(
      Command.Purchase(
        lot: lot, buyer: buyer, seller: seller, product: product, inputs: inputs,
        unknownOriginGrams: unknownOriginGrams ?? .zero, price: price, receipt: receipt,
        certification: claim))
  }

  private func processRun(_ wanted: inout Wanted) -> Command? {
    let process = wanted.need(process, "process")
    let holder = wanted.need(organisation, "organisation")
    let inputs = wanted.need(draws(inputs), "inputs")
    let outputs = wanted.need(outputs, "outputs")
    guard let process, let holder, let inputs, let outputs else { return nil }
    return .process(
      Command.ProcessRun(
        process: process, holder: holder, inputs: inputs,
        outputs: outputs.map {
          LotProcessed.Output(lot: $0.lot, product: $0.product, grams: $0.grams)
        }))
  }

  private func shipping(_ wanted: inout Wanted) -> Command? {
    guard [.openShipment, .load, .seal, .export].contains(act) else { return nil }
    let shipment = wanted.need(shipment, "shipment")
    let holder = wanted.need(organisation, "organisation")
    guard let shipment, let holder else { return nil }
    switch act {
    case .openShipment:
      guard let destination = wanted.need(destination, "destination") else { return nil }
      return .openShipment(
        ShipmentOpened(
          shipment: shipment, exporter: holder, importerName: importer,
          destination: destination))
    case .load:
      let lot = wanted.need(lot, "lot")
      let grams = wanted.need(grams, "grams")
      guard let lot, let grams else { return nil }
      return .load(Command.Loading(shipment: shipment, holder: holder, lot: lot, grams: grams))
    case .seal:
      return .seal(
        holder: holder,
        ShipmentSealed(shipment: shipment, container: container, seals: seals ?? []))
    default:
      return .export(
        holder: holder,
        ShipmentExported(
          shipment: shipment, port: port, transportDocument: transportDocument))
    }
  }
}

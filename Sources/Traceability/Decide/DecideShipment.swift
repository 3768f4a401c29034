import ValueTypes

extension Decision {
  mutating func open(_ event: ShipmentOpened) throws(Refusal) {
    try refuseKnown(
      world.shipments[event.shipment]?.opened, event, .shipment(event.shipment))
    try require(event.exporter)
    add(.shipmentOpened(event))
  }

  mutating func load(_ act: Command.Loading) throws(Refusal) {
    let stream = StreamKey.shipment(act.shipment)
    let shipment = try self.shipment(act.shipment)
    let lot = try self.lot(act.lot)
    let event = ShipmentLotLoaded(
      shipment: act.shipment, lot: act.lot, product: lot.product, grams: act.grams)
    // The same mass of the same lot may be loaded again: only at the same moment is it a repeat.
    if zip(shipment.loads, shipment.loadedAt).contains(where: { $0 == event && $1 == occurredAt }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    try requireExporter(shipment, act.holder)
    if shipment.sealed != nil {
      throw Refusal(.shipmentSealed, stream, ["code": act.shipment.text])
    }
    try requireMass(act.grams, .lot(act.lot))
    try draw(
      [LotDraw(lot: act.lot, grams: act.grams)], .load, into: [stream],
      holder: .organisation(act.holder), product: lot.product)
    add(.shipmentLotLoaded(event))
  }

  mutating func seal(_ event: ShipmentSealed, by holder: OrganisationCode) throws(Refusal) {
    let stream = StreamKey.shipment(event.shipment)
    let shipment = try self.shipment(event.shipment)
    if let sealed = shipment.sealed {
      throw Refusal(
        sealed.isSame(event, at: occurredAt) ? .alreadyRecorded : .shipmentSealed, stream,
        ["code": event.shipment.text])
    }
    try requireExporter(shipment, holder)
    guard !shipment.loads.isEmpty else {
      throw Refusal(.shipmentEmpty, stream, ["code": event.shipment.text])
    }
    add(.shipmentSealed(event))
  }

  mutating func export(_ event: ShipmentExported, by holder: OrganisationCode) throws(Refusal) {
    let stream = StreamKey.shipment(event.shipment)
    let shipment = try self.shipment(event.shipment)
    if let exported = shipment.exported {
      throw Refusal(
        exported.isSame(event, at: occurredAt) ? .alreadyRecorded : .codeUsed, stream,
        ["code": event.shipment.text])
    }
    try requireExporter(shipment, holder)
    guard shipment.sealed != nil else {
      throw Refusal(.shipmentNotSealed, stream, ["code": event.shipment.text])
    }
    add(.shipmentExported(event))
  }

  private func shipment(_ code: ShipmentCode) throws(Refusal) -> ShipmentState {
    guard let shipment = world.shipments[code] else {
      throw Refusal(.unknownShipment, .shipment(code), ["code": code.text])
    }
    return shipment
  }

  private func requireExporter(
    _ shipment: ShipmentState, _ holder: OrganisationCode
  ) throws(Refusal) {
    guard shipment.opened.exporter == holder else {
      throw Refusal(
        .notHolder, shipment.stream,
        ["holder": "organisation:\(shipment.opened.exporter)", "actor": "organisation:\(holder)"])
    }
  }
}

import ValueTypes

extension Decision {
  /// A dispatch that nobody has received for too long is doubted, once.
  mutating func noteOverdue(_ code: LotCode) throws(Refusal) {
    let stream = StreamKey.lot(code)
    let lot = try self.lot(code)
    guard let transit = lot.transit, let sent = lot.dispatches.last else {
      throw Refusal(.notInTransit, stream, ["lot": code.text, "holder": "\(lot.holder)"])
    }
    let days = (context.now.microseconds - sent.occurredAt.microseconds) / 86_400_000_000
    guard days > CustodyLimits.transitDays else {
      throw Refusal(
        .notOverdue, stream,
        ["lot": code.text, "days": "\(days)", "limitDays": "\(CustodyLimits.transitDays)"])
    }
    let reference = EventReference(stream: stream, version: sent.version)
    guard world.findings(.dispatchNotReceived, on: stream, restingOn: [reference]).isEmpty else {
      throw Refusal(.alreadyRecorded, stream)
    }
    addFinding(
      .dispatchNotReceived, .doubt, on: [stream], restsOn: [reference],
      figures: [
        "lot": code.text, "to": transit.to.text, "sent": "\(sent.occurredAt.localDate)",
        "days": "\(days)", "mass": transit.grams.description,
      ])
  }
}

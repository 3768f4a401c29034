extension Decision {
  mutating func register(_ event: OrganisationRegistered) throws(Refusal) {
    try refuseKnown(
      world.organisations[event.organisation], event, .organisation(event.organisation))
    add(.organisationRegistered(event))
  }

  mutating func register(_ event: ProducerRegistered) throws(Refusal) {
    let stream = StreamKey.producer(event.producer)
    if let known = world.producers[event.producer] {
      // The ciphertext differs each time it is made; the person's data are compared by whoever
      // holds the key, so here the public part decides.
      let same = known.organisation == event.organisation && known.district == event.district
      throw Refusal(same ? .alreadyRecorded : .codeUsed, stream, ["code": event.producer.text])
    }
    if let organisation = event.organisation { try require(organisation) }
    add(.producerRegistered(event))
  }

  mutating func register(_ event: DatasetRegistered) throws(Refusal) {
    let stream = StreamKey.dataset(event.dataset)
    if let known = world.datasets[event.dataset] {
      // Where it came from may be told in other words; what it is and how it is read may not.
      let same = Self.identity(known) == Self.identity(event)
      throw Refusal(
        same ? .alreadyRecorded : .datasetChanged, stream,
        ["registered": Self.identity(known), "given": Self.identity(event)])
    }
    if let field = event.missingField {
      throw Refusal(
        .datasetIncomplete, stream,
        ["code": event.dataset.text, "kind": event.kind.rawValue, "field": field])
    }
    add(.datasetRegistered(event))
  }

  private static func identity(_ event: DatasetRegistered) -> String {
    "\(event.digest) (\(event.kind.rawValue), \(event.reading?.description ?? "—"))"
  }

  mutating func supersede(_ event: DatasetSuperseded) throws(Refusal) {
    let stream = StreamKey.dataset(event.dataset)
    guard world.datasets[event.dataset] != nil else {
      throw Refusal(.unknownDataset, stream, ["code": event.dataset.text])
    }
    if let by = event.by {
      guard let other = world.datasets[by] else {
        throw Refusal(.unknownDataset, .dataset(by), ["code": by.text])
      }
      // In the place of a map stands one that answers the same question.
      guard by != event.dataset, world.superseded[by] == nil,
        other.kind == world.datasets[event.dataset]?.kind
      else {
        throw Refusal(
          .datasetChanged, .dataset(by),
          [
            "registered": other.kind.rawValue,
            "given": world.datasets[event.dataset]?.kind.rawValue ?? "—",
          ])
      }
    }
    if let known = world.superseded[event.dataset] {
      throw Refusal(
        known == event ? .alreadyRecorded : .datasetSuperseded, stream,
        ["code": event.dataset.text, "reason": known.reason])
    }
    guard !event.reason.isBlank else {
      throw Refusal(.reasonMissing, stream, ["code": event.dataset.text])
    }
    add(.datasetSuperseded(event))
  }

  mutating func register(_ event: PolicyRegistered) throws(Refusal) {
    let stream = StreamKey(kind: .policy, code: event.name + "-" + event.version)
    try refuseKnown(world.policies[stream.code], event, stream)
    add(.policyRegistered(event))
  }

  mutating func register(_ event: PlotRegistered) throws(Refusal) {
    let stream = StreamKey.plot(event.plot)
    if let known = world.plots[event.plot]?.first {
      if known == event { throw Refusal(.alreadyRecorded, stream, ["code": event.plot.text]) }
      guard known.producer == event.producer else {
        throw Refusal(
          .plotOfAnotherProducer, stream,
          [
            "plot": event.plot.text, "producer": known.producer?.text ?? "—",
            "claimant": event.producer?.text ?? "—",
          ])
      }
      throw Refusal(.codeUsed, stream, ["code": event.plot.text])
    }
    if let producer = event.producer { try require(producer) }
    try checkOutline(of: event)
    let reference = add(.plotRegistered(event))
    compareAreas(event, reference)
  }

  /// A plot's outline was wrong. What rests on the old one, findings too, stays to be reviewed.
  mutating func correct(_ event: PlotGeometryCorrected) throws(Refusal) {
    let stream = StreamKey.plot(event.plot)
    let plot = try self.plot(event.plot)
    let corrected = plot.registered.corrected(by: event)
    if corrected == plot.registered {
      throw Refusal(.alreadyRecorded, stream, ["code": event.plot.text])
    }
    guard !event.reason.isBlank else {
      throw Refusal(.reasonMissing, stream, ["code": event.plot.text])
    }
    try checkOutline(of: corrected)
    let reference = add(.plotGeometryCorrected(event))
    compareAreas(corrected, reference)
  }

  private func checkOutline(of plot: PlotRegistered) throws(Refusal) {
    let stream = StreamKey.plot(plot.plot)
    guard plot.geometry.hasArea else {
      throw Refusal(
        .geometryInvalid, stream,
        [
          "plot": plot.plot.text, "vertices": "\(plot.geometry.vertices)",
          "squareMetres": Wording.decimal(plot.geometry.squareMetres, places: 0),
        ])
    }
    guard plot.geometry.form == .point else { return }
    let area = Double(plot.declaredSquareMetres ?? 0)
    guard area > 0, area <= context.policy.pointLimitSquareMetres else {
      throw Refusal(
        .pointTooLarge, stream,
        ["hectares": hectares(area), "limit": hectares(context.policy.pointLimitSquareMetres)])
    }
  }

  private mutating func compareAreas(_ event: PlotRegistered, _ reference: EventReference) {
    guard event.geometry.form == .polygon, let declared = event.declaredSquareMetres, declared > 0
    else { return }
    let difference = abs(event.geometry.squareMetres - Double(declared))
    guard difference > CustodyLimits.areaToleranceSquareMetres,
      difference / Double(declared) * 100 > CustodyLimits.areaTolerancePercent
    else { return }
    addFinding(
      .areaDiffers, .notice, on: [.plot(event.plot)], restsOn: [reference],
      figures: [
        "declaredHectares": hectares(Double(declared)),
        "measuredHectares": hectares(event.geometry.squareMetres),
      ])
  }

  mutating func document(_ event: PlotTenureDocumented) throws(Refusal) {
    let stream = StreamKey.plot(event.plot)
    let plot = try self.plot(event.plot)
    if plot.tenure.contains(where: { $0.value == event }) {
      throw Refusal(.alreadyRecorded, stream, ["code": event.number])
    }
    add(.plotTenureDocumented(event))
  }

  func refuseKnown<Fact: Equatable>(
    _ known: Fact?, _ given: Fact, _ stream: StreamKey
  ) throws(Refusal) {
    guard let known else { return }
    throw Refusal(known == given ? .alreadyRecorded : .codeUsed, stream, ["code": stream.code])
  }

  func require(_ code: OrganisationCode) throws(Refusal) {
    guard world.organisations[code] != nil else {
      throw Refusal(.unknownOrganisation, .organisation(code), ["code": code.text])
    }
  }

  func require(_ code: ProducerCode) throws(Refusal) {
    guard world.producers[code] != nil else {
      throw Refusal(.unknownProducer, .producer(code), ["code": code.text])
    }
  }

  func plot(_ code: PlotCode) throws(Refusal) -> PlotState {
    guard let plot = world.plots[code] else {
      throw Refusal(.unknownPlot, .plot(code), ["code": code.text])
    }
    return plot
  }

  /// Hectares with four decimals, for people.
  func hectares(_ squareMetres: Double) -> String { Wording.hectares(squareMetres) }
}

import ValueTypes

extension Decision {
  mutating func record(_ event: PlotAssessed) throws(Refusal) {
    let stream = StreamKey.plot(event.plot)
    let plot = try self.plot(event.plot)
    guard plot.registered.geometry.digest == event.geometryDigest else {
      throw Refusal(
        .geometryChanged, stream,
        [
          "registered": "\(plot.registered.geometry.digest)", "assessed": "\(event.geometryDigest)",
        ])
    }
    guard !event.results.isEmpty else { throw Refusal(.nothingGiven, stream) }
    for result in event.results {
      if let past = world.superseded[result.dataset] {
        throw Refusal(
          .datasetSuperseded, .dataset(result.dataset),
          ["code": result.dataset.text, "reason": past.reason])
      }
      guard let dataset = world.datasets[result.dataset] else {
        throw Refusal(.unknownDataset, .dataset(result.dataset), ["code": result.dataset.text])
      }
      guard dataset.digest == result.datasetDigest, dataset.kind == result.kind else {
        throw Refusal(
          .datasetChanged, .dataset(result.dataset),
          [
            "registered": "\(dataset.digest) (\(dataset.kind.rawValue))",
            "given": "\(result.datasetDigest) (\(result.kind.rawValue))",
          ])
      }
      guard event.form == plot.registered.geometry.form, result.isSound(on: plot.registered)
      else {
        throw Refusal(
          .assessmentInvalid, stream,
          [
            "map": result.dataset.text,
            "squareMetres": Wording.decimal(result.squareMetres, places: 0),
            "plotSquareMetres": Wording.decimal(plot.registered.squareMetres, places: 0),
          ])
      }
    }
    if plot.assessment?.value == event { throw Refusal(.alreadyRecorded, stream) }
    let reference = add(.plotAssessed(event))
    let evidence = MapEvidence(
      event, on: occurredAt.localDate, plot: plot.registered, datasets: world.datasets)
    for doubt in evidence.doubts(under: context.policy) {
      // What people have been asked about the same land on the same maps, they are not asked twice.
      let same = plot.references(seeing: event, at: reference.version, on: doubt.maps)
      guard world.findings(doubt.kind, on: stream, restingOn: same).isEmpty else { continue }
      addFinding(doubt.kind, .doubt, on: [stream], restsOn: [reference], figures: doubt.figures)
    }
    for found in evidence.ground(context.catalogue) {
      let same = plot.references(seeing: event, at: reference.version, on: [found.map])
      guard world.findings(found.kind, on: stream, restingOn: same).isEmpty else { continue }
      addFinding(
        found.kind, found.severity, on: [stream], restsOn: [reference], figures: found.figures)
    }
  }

  mutating func raise(_ event: FindingRaised) throws(Refusal) {
    let stream = StreamKey.finding(event.finding)
    try refuseKnown(world.findings[event.finding]?.raised, event, stream)
    guard !event.finding.isOfProgram else {
      throw Refusal(.codeReserved, stream, ["code": event.finding.text])
    }
    guard !event.subjects.isEmpty else { throw Refusal(.nothingGiven, stream) }
    // A verdict rests on plots, lots and shipments: a doubt about anything else would hold nothing.
    for subject in event.subjects
    where world.version(of: subject) == 0 || !FindingRaised.subjectKinds.contains(subject.kind) {
      throw Refusal(.unknownSubject, subject, ["code": subject.code])
    }
    // Of what a person says, the reason is all there is.
    if event.kind == .raisedByPerson,
      event.figures["reason"]?.isBlank != false
    {
      throw Refusal(.evidenceMissing, stream, ["code": event.finding.text])
    }
    add(.findingRaised(event))
    for subject in event.subjects { add(.findingRaised(event), to: subject) }
  }

  mutating func review(
    _ event: FindingReviewed, raisedBy raisers: Set<String>
  ) throws(Refusal) {
    let stream = StreamKey.finding(event.finding)
    let finding = try finding(event.finding)
    if let review = finding.review {
      throw Refusal(
        review == event ? .alreadyRecorded : .alreadyReviewed, stream,
        ["reviewer": review.reviewer, "outcome": review.outcome.rawValue])
    }
    guard !raisers.contains(event.reviewer) else {
      throw Refusal(.reviewerRaisedIt, stream, ["reviewer": event.reviewer])
    }
    if let organisation = event.organisation {
      try require(organisation)
      try refuseParty(organisation, to: finding.raised)
    }
    try requireWords([event.reason, event.reviewer], event.finding.text, stream)
    guard event.outcome == .upheld || !event.evidence.isEmpty else {
      throw Refusal(.evidenceMissing, stream, ["code": event.finding.text])
    }
    add(.findingReviewed(event))
    for subject in finding.raised.subjects { add(.findingReviewed(event), to: subject) }
  }

  /// Gives an open finding to a person; giving it to another replaces the first.
  mutating func assign(_ event: FindingAssigned) throws(Refusal) {
    let stream = StreamKey.finding(event.finding)
    let finding = try finding(event.finding)
    if finding.assignment == event { throw Refusal(.alreadyRecorded, stream) }
    if let review = finding.review {
      throw Refusal(
        .alreadyReviewed, stream,
        ["reviewer": review.reviewer, "outcome": review.outcome.rawValue])
    }
    try requireWords([event.assignee, event.by], event.finding.text, stream)
    add(.findingAssigned(event))
  }

  mutating func reopen(_ event: FindingReopened) throws(Refusal) {
    let stream = StreamKey.finding(event.finding)
    let finding = try finding(event.finding)
    guard finding.review != nil else {
      let isKnown = finding.reopenings.last == event
      throw Refusal(
        isKnown ? .alreadyRecorded : .notReviewed, stream, ["code": event.finding.text])
    }
    try requireWords([event.by, event.reason], event.finding.text, stream)
    add(.findingReopened(event))
    for subject in finding.raised.subjects { add(.findingReopened(event), to: subject) }
  }

  /// Who made or holds the goods in doubt does not answer the doubt.
  private func refuseParty(
    _ organisation: OrganisationCode, to finding: FindingRaised
  ) throws(Refusal) {
    let party = Party.organisation(organisation)
    for subject in finding.subjects {
      let isParty =
        switch subject.kind {
        case .lot:
          (try? LotCode(subject.code)).flatMap { world.lots[$0] }
            .map { $0.holder == party || $0.origin.holder == party } ?? false
        case .shipment:
          (try? ShipmentCode(subject.code)).flatMap { world.shipments[$0] }
            .map { $0.opened.exporter == organisation } ?? false
        default: false
        }
      guard !isParty else {
        throw Refusal(
          .reviewerIsParty, .finding(finding.finding),
          ["organisation": organisation.text, "subject": subject.code])
      }
    }
  }

  private func finding(_ code: FindingCode) throws(Refusal) -> FindingState {
    guard let finding = world.findings[code] else {
      throw Refusal(.unknownFinding, .finding(code), ["code": code.text])
    }
    return finding
  }
}

extension Decision {
  mutating func register(_ event: CatalogueRegistered) throws(Refusal) {
    try refuseKnown(world.catalogues[event.stream.code], event, event.stream)
    add(.catalogueRegistered(event))
  }

  mutating func declare(_ event: CapacityDeclared) throws(Refusal) {
    let stream = StreamKey.organisation(event.organisation)
    try require(event.organisation)
    if world.capacity(of: event.organisation, vehicle: event.vehicle)?.value == event {
      throw Refusal(.alreadyRecorded, stream, ["code": event.organisation.text])
    }
    // A vehicle carries, a mill takes in; nothing else is known of either.
    let mass = event.vehicle == nil ? event.hourGrams : event.tripGrams
    let other = event.vehicle == nil ? event.tripGrams : event.hourGrams
    guard let mass, mass > .zero, other == nil, event.plate != "" else {
      throw Refusal(.capacityIncomplete, stream, ["code": event.organisation.text])
    }
    guard (event.tripsPerDay ?? 1) > 0, (1...24).contains(event.hoursPerDay ?? 1) else {
      throw Refusal(.capacityIncomplete, stream, ["code": event.organisation.text])
    }
    add(.capacityDeclared(event))
  }

  /// What a look over many streams found; only the program asks for it.
  mutating func raise(pattern event: FindingRaised) throws(Refusal) {
    let stream = StreamKey.finding(event.finding)
    try refuseKnown(world.findings[event.finding]?.raised, event, stream)
    guard event.kind.isPattern, event.finding.isOfProgram else {
      throw Refusal(.codeReserved, stream, ["code": event.finding.text])
    }
    guard !event.subjects.isEmpty else { throw Refusal(.nothingGiven, stream) }
    for subject in event.subjects
    where world.version(of: subject) == 0 || !FindingRaised.subjectKinds.contains(subject.kind) {
      throw Refusal(.unknownSubject, subject, ["code": subject.code])
    }
    add(.findingRaised(event))
    for subject in event.subjects { add(.findingRaised(event), to: subject) }
  }
}

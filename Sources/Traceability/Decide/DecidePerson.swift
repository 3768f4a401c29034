extension Decision {
  /// What is asked to be erased must be there: an erasure that erases nothing would say that
  /// something had been held.
  mutating func erase(_ producer: ProducerCode, reason: String?) throws(Refusal) {
    try require(producer)
    let stream = StreamKey.producer(producer)
    guard let person = world.people[producer] else {
      throw Refusal(.noPersonalData, stream, ["code": producer.text])
    }
    guard !person.isErased else {
      throw Refusal(.alreadyErased, stream, ["code": producer.text])
    }
    add(
      .personalDataErased(
        PersonalDataErased(producer: producer, person: person.reference, reason: reason)))
  }

  /// New data are taken only where none are held: what is held is not replaced unnoticed.
  mutating func give(_ event: PersonalDataGiven) throws(Refusal) {
    try require(event.producer)
    if let person = world.people[event.producer], !person.isErased {
      throw Refusal(
        .personalDataHeld, .producer(event.producer), ["code": event.producer.text])
    }
    add(.personalDataGiven(event))
  }
}

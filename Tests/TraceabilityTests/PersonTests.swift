import Testing
import Traceability
import ValueTypes

extension Act {
  /// A producer registered with personal data.
  static func person(_ code: String) throws -> Command {
    .registerProducer(
      ProducerRegistered(
        producer: try .init(code), organisation: nil, district: nil,
        person: try reference(code)))
  }

  static func reference(_ key: String) throws -> PersonalDataReference {
    PersonalDataReference(digest: try Make.digest(3), keyIdentifier: key)
  }

  static func erase(_ code: String, reason: String? = nil) throws -> Command {
    .erasePersonalData(try .init(code), reason: reason)
  }

  static func give(_ code: String, key: String = "new") throws -> Command {
    .givePersonalData(PersonalDataGiven(producer: try .init(code), person: try reference(key)))
  }
}

/// Personal data: held, erased, given anew.
@Suite struct PersonTests {
  @Test func `given a person held when erased then the fact names what is to be destroyed`()
    throws
  {
    var ledger = try Scenario()
    try ledger.when(try Act.person("P"))
    let code = try ProducerCode("P")
    #expect(!ledger.world.isErased(code))
    let events = try ledger.when(try Act.erase("P", reason: "asked"))
    let fact = PersonalDataErased(
      producer: code, person: try Act.reference("P"), reason: "asked")
    #expect(events.map(\.event) == [.personalDataErased(fact)])
    #expect(events.map(\.stream) == [.producer(code)])
    #expect(ledger.world.isErased(code))
    #expect(try ledger.refusal(of: try Act.erase("P"))?.code == .alreadyErased)
  }

  @Test func `given a person erased when given anew then only the new key is erased next`() throws {
    var ledger = try Scenario()
    let code = try ProducerCode("P")
    for act in [
      try Act.person("P"), try Act.erase("P"), try Act.give("P", key: "second"),
    ] { try ledger.when(act) }
    #expect(!ledger.world.isErased(code))
    #expect(try ledger.refusal(of: try Act.give("P", key: "third"))?.code == .personalDataHeld)
    let events = try ledger.when(try Act.erase("P"))
    #expect(
      events.map(\.event) == [
        .personalDataErased(
          PersonalDataErased(producer: code, person: try Act.reference("second"), reason: nil))
      ])
  }

  @Test func `given a producer without data when some are given then they are held`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    #expect(try ledger.refusal(of: try Act.erase("P1"))?.code == .noPersonalData)
    try ledger.when(try Act.give("P1"))
    #expect(ledger.world.people[try .init("P1")]?.reference == (try Act.reference("new")))
    #expect(try ledger.loading(try Act.erase("P1")).people.count == 1)
  }

  @Test func `given a person erased when the registration comes again then nothing returns`()
    throws
  {
    var ledger = try Scenario()
    for act in [try Act.person("P"), try Act.erase("P")] { try ledger.when(act) }
    #expect(try ledger.refusal(of: try Act.person("P"))?.code == .alreadyRecorded)
    #expect(ledger.world.isErased(try .init("P")))
  }
}

import Foundation
import Testing
import Traceability

/// What is written is read again, byte for byte and field for field.
@Suite struct CodecTests {
  @Test func `given the samples then there is one of every type`() throws {
    let types = try Samples.all().map(\.type)
    #expect(Set(types).count == 43)
  }

  @Test func `given every event when written and read then it is the same to the byte`() throws {
    for event in try Samples.all() {
      let bytes = try event.encoded()
      let read = try DomainEvent.decode(type: event.type, schema: 1, data: bytes)
      #expect(read == event, "\(event.type)")
      #expect(try read.encoded() == bytes, "\(event.type)")
    }
  }

  @Test func `given an unknown field when read then it is left alone`() throws {
    for event in try Samples.all() {
      var object = try fields(event)
      object["addedLater"] = ["x": 1]
      #expect(try read(event.type, object) == event, "\(event.type)")
    }
  }

  @Test func `given a field missing when read then only an optional one is forgiven`() throws {
    for event in try Samples.all() {
      let object = try fields(event)
      var needed = 0
      for key in object.keys {
        var less = object
        less[key] = nil
        do {
          // What is forgiven is read as absent, not as something else.
          #expect(try fields(read(event.type, less))[key] == nil, "\(event.type) \(key)")
        } catch EventCodingError.malformed(let type, let reason) {
          needed += 1
          #expect(type == event.type && reason.contains(key), "\(event.type) \(key): \(reason)")
        }
      }
      #expect(needed > 0, "\(event.type)")
    }
  }

  @Test func `given values out of their form when read then the event is malformed`() throws {
    let harvest = try Samples.all().first { $0.type == "lot.harvested" }
    let object = try fields(try #require(harvest))
    for (key, value) in [
      ("grams", -1), ("grams", 1_000_000_000_000_001), ("grams", 1.5), ("lot", ""),
      ("lot", "a b"), ("to", "2026-02-30"), ("plot", 7),
    ] as [(String, any Sendable)] {
      var wrong = object
      wrong[key] = value
      #expect(throws: EventCodingError.self, "\(key) \(value)") { try read("lot.harvested", wrong) }
    }
  }

  @Test func `given an unknown type or schema when read then the error names it`() throws {
    for (type, schema) in [("lot.eaten", 1), ("lot.harvested", 2), ("lot.harvested", 0)] {
      do {
        _ = try DomainEvent.decode(type: type, schema: schema, data: Array("{}".utf8))
        Issue.record("\(type) \(schema) was read")
      } catch EventCodingError.unknown(let named, let number) {
        #expect(named == type && number == schema)
      }
    }
  }

  private func fields(_ event: DomainEvent) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(event.encoded()))
    return try #require(object as? [String: Any])
  }

  private func read(_ type: String, _ object: [String: Any]) throws -> DomainEvent {
    try DomainEvent.decode(
      type: type, schema: 1, data: JSONSerialization.data(withJSONObject: object))
  }
}

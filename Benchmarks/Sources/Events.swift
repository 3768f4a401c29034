import Ledger
import ValueTypes

/// Events as a cooperative's clerks cause them: about 500 bytes with the envelope, ten to a stream.
enum Events {
  static let perStream = 10

  private static let occurredAt = Timestamp("2026-05-04T10:00:00-05:00")

  static func commit(client: Int, number: Int, run: UInt32) throws -> CommitRequest {
    let stream = try StreamName("lot:ACO-\(run)-\(client)-\(number / perStream)")
    return CommitRequest(
      key: try CommitKey("act:\(run)-\(client)-\(number)"), recordedBy: "acopio@acopagro.example",
      expectations: [stream: Int64(number % perStream)],
      events: [try event(stream, client * 1_000_003 + number)])
  }

  /// One commit of many events, ten to a stream.
  static func large(number: Int, count: Int, run: UInt32) throws -> CommitRequest {
    var events: [EventDraft] = []
    events.reserveCapacity(count)
    for index in 0..<count {
      let stream = try StreamName("lot:IMP-\(run)-\(number)-\(index / perStream)")
      events.append(try event(stream, number * 1_000_003 + index))
    }
    return CommitRequest(
      key: try CommitKey("import:\(run)-\(number)"), recordedBy: "acopio@acopagro.example",
      events: events)
  }

  static func event(_ stream: StreamName, _ salt: Int) throws -> EventDraft {
    guard let occurredAt else { throw Misuse("the sample moment does not parse") }
    return try EventDraft(
      stream: stream, type: "lot-purchased", occurredAt: occurredAt, data: data(salt))
  }

  /// About 210 bytes of JSON, no two alike. Numbers are written over a pattern, so that making
  /// events takes little from who is measured.
  static func data(_ salt: Int) -> [UInt8] {
    var bytes = pattern
    for (place, value) in [
      (lotPlace, salt), (gramsPlace, 40_000 + salt % 9_000), (plotPlace, salt % 7_000),
    ] {
      var rest = abs(value)
      for index in stride(from: place.upperBound - 1, through: place.lowerBound, by: -1) {
        bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
    }
    return bytes
  }

  private static let pattern = Array(
    """
    {"lot":"ACO-26-0000000000","product":"cocoa-wet-beans","grams":"00000",\
    "seller":"producer:P-4711","plot":"plot:P-0000","district":"220401",\
    "price":{"minor":93500,"currency":"PEN"},"quality":"convencional","moisture":"7.5"}
    """.utf8)
  private static let lotPlace = place(of: "0000000000")
  private static let gramsPlace = place(of: "00000", after: lotPlace.upperBound)
  private static let plotPlace = place(of: "0000", after: gramsPlace.upperBound)

  private static func place(of digits: String, after start: Int = 0) -> Range<Int> {
    let found = pattern[start...].firstRange(of: Array(digits.utf8))
    return found ?? start..<start
  }
}

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
      stream: stream, type: "lot-purchased", occurredAt: occurredAt,
      data: Array(data(salt).utf8))
  }

  /// About 210 bytes of JSON, no two alike.
  static func data(_ salt: Int) -> String {
    """
    {"lot":"ACO-26-\(salt)","product":"cocoa-wet-beans","grams":\(40_000 + salt % 9_000),\
    "seller":"producer:P-\(salt % 5_000)","plot":"plot:P-\(salt % 7_000)","district":"220401",\
    "price":{"minor":\(salt % 99_999),"currency":"PEN"},"quality":"convencional","moisture":"7.5"}
    """
  }
}

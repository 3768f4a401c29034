import Foundation
import Testing
import ValueTypes

@testable import Ledger

@Suite struct EnvelopeTests {
  private func envelope(
    stream: String = "lot:ACO-26-0042", by: String = "clerk", data: String = "{\"grams\":1200}"
  ) throws -> EventEnvelope {
    EventEnvelope(
      id: "0190b2f4-7c1a-7abc-8def-0123456789ab", stream: try StreamName(stream), version: 7,
      type: "purchase", schema: 2,
      occurredAt: try #require(Timestamp("2026-05-04T10:00:00-05:00")),
      recordedAt: try #require(Timestamp("2026-05-04T15:00:01.25Z")), recordedBy: by,
      commit: try CommitKey("k-1"), data: Array(data.utf8))
  }

  @Test func `an event is written in one fixed way`() throws {
    let text = String(decoding: try envelope().compose(), as: UTF8.self)
    #expect(
      text == """
        {"id":"0190b2f4-7c1a-7abc-8def-0123456789ab","stream":"lot:ACO-26-0042","version":7,\
        "type":"purchase","schema":2,"occurredAt":"2026-05-04T10:00:00-05:00",\
        "recordedAt":"2026-05-04T15:00:01.250000Z","recordedBy":"clerk","commit":"k-1",\
        "data":{"grams":1200}}
        """)
  }

  @Test(arguments: ["lot:1", "lot:ñandú", "lot:a\"b\\c", "plot:🌱"])
  func `what is written is read back`(stream: String) throws {
    let written = try envelope(stream: stream, by: "Ana \"la\" Ríos", data: #"{"a":"}\"","b":[]}"#)
    #expect(try EventEnvelope.parse(written.compose()) == written)
    #expect(CanonicalEnvelope.parse(try envelope().compose()) == (try envelope()))
  }

  @Test func `another spelling with unknown fields is read, data kept byte for byte`() throws {
    let text = """
      { "data" : {"x": 1.0,  "y":"\\u00e9"}, "commit":"k", "future":[1,{"a":null}], "schema":1,
        "recordedBy":"b", "type":"t", "version":1, "stream":"lot\\u003a1",
        "id":"0190B2F4-7c1a-7abc-8def-0123456789ab",
        "recordedAt":"2026-01-01T00:00:00Z", "occurredAt":"2026-01-01T00:00:00Z" }
      """
    let read = try EventEnvelope.parse(Array(text.utf8))
    #expect(read.stream.text == "lot:1")
    #expect(String(decoding: read.data, as: UTF8.self) == "{\"x\": 1.0,  \"y\":\"\\u00e9\"}")
  }

  @Test func `a field that comes twice is refused`() throws {
    let text = String(decoding: try envelope().compose(), as: UTF8.self)
    let twice = text.dropLast() + ",\"version\":8}"
    #expect(throws: LedgerError.self) { try EventEnvelope.parse(Array(twice.utf8)) }
  }

  @Test func `no bytes crash the reader, and every cut is refused`() throws {
    let bytes = try envelope(stream: "lot:ñ\"").compose()
    for count in bytes.indices {
      #expect(throws: LedgerError.self) { try EventEnvelope.parse(Array(bytes[..<count])) }
    }
    var random = SeededGenerator(seed: 11)
    for _ in 0..<4_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: changed.indices, using: &random)
        changed[index] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? EventEnvelope.parse(changed)
    }
    let deep = Array(String(repeating: "[", count: 200_000).utf8)
    #expect(throws: LedgerError.self) { try EventEnvelope.parse(deep) }
  }

  @Test(arguments: [
    "", "1", "[]", "{", "{}{}", "{},\"x\":1", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{'a':1}",
    "{\"a\":\"\\ud800\"}", "{\"a\":\"\\x\"}", "{\"a\":tru}", " {}", "{} ", "{\"a\":1,}", "{\"a\"}",
    "{\"a\":\"\n\"}",
  ])
  func `data that is not one object is refused`(data: String) throws {
    let stream = try StreamName("lot:1")
    #expect(throws: LedgerError.self) {
      try EventDraft(
        stream: stream, type: "t", occurredAt: .ledgerEpoch, data: Array(data.utf8))
    }
  }

  @Test(arguments: [
    "{}", "{ }", "{\"a\":[1,-0.5e+3,true,null,{\"b\":\"\\ud83c\\udf31\"}]}", "{\"ñ\":\"🌱\"}",
  ])
  func `data that is one object is taken`(data: String) throws {
    let draft = try EventDraft(
      stream: StreamName("lot:1"), type: "t", occurredAt: .ledgerEpoch, data: Array(data.utf8))
    #expect(draft.data == Array(data.utf8))
  }

  @Test func `data in broken UTF-8 is refused`() throws {
    let bytes = Array("{\"a\":\"".utf8) + [0xC3] + Array("\"}".utf8)
    #expect(throws: LedgerError.self) {
      try EventDraft(
        stream: StreamName("lot:1"), type: "t", occurredAt: .ledgerEpoch, data: bytes)
    }
  }

  @Test(arguments: [
    "", "lot", ":1", "lot:", "lot: 1", "lot:\n", String(repeating: "a:", count: 101),
  ])
  func `what is no stream name is refused`(text: String) {
    #expect(throws: LedgerError.self) { try StreamName(text) }
  }

  @Test func `names are compared byte by byte`() throws {
    let composed = try StreamName("lot:\u{e9}")
    let decomposed = try StreamName("lot:e\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test func `ids are version 7 and follow time`() throws {
    let early = UUIDv7.make(at: try #require(Timestamp(microseconds: 1_999)), random: .max)
    let late = UUIDv7.make(at: try #require(Timestamp(microseconds: 2_000)), random: 0)
    #expect(early == "00000000-0001-7ffb-bfff-ffffffffffff")
    #expect(late == "00000000-0002-7000-8000-000000000000")
    #expect(UUIDv7.isUUID(Array(early.utf8).span) && early < late)
  }
}

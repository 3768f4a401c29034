import Testing
import ValueTypes

@Suite struct TimestampTests {
  @Test(arguments: [
    "2026-05-04T10:00:00-05:00", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.123456+05:45",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
  ])
  func `text survives a round trip`(text: String) {
    #expect(Timestamp(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-02-30T00:00:00Z", "2026-05-04T24:00:00Z", "2026-05-04T10:00:60Z",
    "2026-05-04T10:00:00", "2026-05-04T10:00:00.1234567Z", "2026-05-04T10:00:00+1900", "hoy",
    "2026-05-04T10:00:00.", "2026-05-04 10:00",
  ])
  func `what is no moment is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `the same moment in two zones orders equal but differs as evidence`() throws {
    let lima = try #require(Timestamp("2026-05-04T10:00:00-05:00"))
    let utc = try #require(Timestamp("2026-05-04T15:00:00Z"))
    #expect(!(lima < utc) && !(utc < lima) && lima != utc)
    #expect(try #require(Timestamp("2026-05-04T02:00:00Z")).localDate == CivilDate("2026-05-04"))
  }

  @Test func `every day of four centuries survives the day number`() throws {
    for days in stride(from: -60_000, to: 90_000, by: 7) {
      let date = try #require(CivilDate(daysSinceEpoch: days))
      #expect(date.daysSinceEpoch == days)
      #expect(CivilDate(date.description) == date)
    }
  }

  @Test func `a digest is 64 hexadecimal digits and nothing else`() throws {
    let text = String(repeating: "0a", count: 32)
    #expect(SHA256Digest(hex: text)?.description == text)
    #expect(SHA256Digest(hex: text + "00") == nil)
    #expect(SHA256Digest(hex: String(repeating: "zz", count: 32)) == nil)
  }
}

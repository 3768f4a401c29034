import Testing
import ValueTypes

@testable import Ledger

@Suite struct AuditPartsTests {
  @Test func `versions follow each other stream by stream, or somebody has to look`() {
    var random = SeededGenerator(seed: 3)
    var known = StreamVersions()
    var versions: [Int: Int64] = [:]
    for _ in 0..<20_000 {
      let stream = Int.random(in: 0..<5_000, using: &random)
      versions[stream, default: 0] += 1
      known.follow(Array("lot:\(stream)".utf8).span, version: versions[stream, default: 0])
    }
    #expect(!known.needsLook)
    for version in [0, 1, versions[7, default: 0], versions[7, default: 0] + 2] as [Int64] {
      var other = known
      other.follow(Array("lot:7".utf8).span, version: version)
      #expect(other.needsLook)
    }
    var few = StreamVersions(limit: 2)
    for name in ["a", "b", "c"] {
      #expect(!few.needsLook)
      few.follow(Array(name.utf8).span, version: 1)
    }
    #expect(few.needsLook)
  }

  @Test func `a sum tells which records there are, not their order`() {
    let secret = Tally.Secret()
    func sum(_ records: [(String, Int64)]) -> Tally {
      var tally = Tally(secret)
      for (name, number) in records { tally.add(Array(name.utf8).span, number) }
      return tally
    }
    let whole = sum([("a", 1), ("b", 2), ("c", 3)])
    #expect(sum([("c", 3), ("a", 1), ("b", 2)]) == whole)
    #expect(sum([("a", 1), ("b", 2)]) != whole)
    #expect(sum([("a", 2), ("b", 1), ("c", 3)]) != whole)
    #expect(sum([("a", 1), ("b", 2), ("c", 3), ("c", 3)]) != whole)
    #expect(sum([("a", 1), ("a", 1), ("c", 3)]) != sum([("c", 3), ("c", 3), ("a", 1)]))
  }

  @Test func `an envelope like the one before is read as it is alone`() throws {
    var random = SeededGenerator(seed: 5)
    func event(_ number: Int) throws -> [UInt8] {
      let by = ["clerk", "Ana Ríos", "clerk 2"][Int.random(in: 0..<3, using: &random)]
      return EnvelopeComposer(
        recordedAt: try #require(
          Timestamp(microseconds: 1_000_000 + Int64.random(in: 0..<2, using: &random))
        ).description,
        recordedBy: by, commit: try CommitKey("k\(Int.random(in: 0..<2, using: &random))")
      ).compose(
        id: UUIDv7.make(at: .ledgerEpoch, random: UInt64(number)),
        stream: try StreamName("a:\(number)"),
        version: 1, type: "t", schema: 1, occurredAt: .ledgerEpoch, data: Array("{}".utf8))
    }
    var before = try event(0)
    for number in 1..<500 {
      var bytes = try event(number)
      if number.isMultiple(of: 7) { bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 }
      let alone = CanonicalEnvelope(bytes.span)
      let last = CanonicalEnvelope(before.span)
      let found = CanonicalEnvelope(bytes.span, like: last, in: before.span)
      #expect(found == alone)
      before = bytes
    }
  }

  @Test func `a text that is canonical is what the moment is written as`() throws {
    let texts = [
      "2026-05-04T10:00:00Z", "2026-05-04T10:00:00-05:00", "2026-05-04T10:00:00.000001Z",
      "2026-05-04T10:00:00.120000+18:00", "2026-05-04T10:00:00.12Z", "2026-05-04T10:00:00.000000Z",
      "2026-05-04t10:00:00Z", "2026-05-04T10:00:00z", "2026-05-04T10:00:00+00:00",
      "2026-05-04T10:00:00-00:00", "2026-05-04 10:00:00Z", "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z", "2026-05-04T10:00:00.1-05:00", "2026-05-04T10:00:00.1234Z",
    ]
    var canonical = 0
    for text in texts {
      let moment = try #require(Timestamp(text))
      if Timestamp.isCanonical(utf8: Array(text.utf8).span) {
        canonical += 1
        #expect(moment.description == text)
      }
    }
    #expect(canonical == 4)
  }

  @Test func `eight bytes at a time find what one at a time finds`() {
    var random = SeededGenerator(seed: 8)
    let interesting: [UInt8] = [
      0, 0x1F, 0x20, 0x21, 0x22, 0x5B, 0x5C, 0x61, 0x7E, 0x7F, 0x80, 0xFF,
    ]
    for _ in 0..<5_000 {
      let count = Int.random(in: 0...24, using: &random)
      let bytes = (0..<count).map { _ in
        Bool.random(using: &random)
          ? 0x61 : interesting[Int.random(in: interesting.indices, using: &random)]
      }
      let start = Int.random(in: 0...count, using: &random)
      let end = bytes[start...].firstIndex { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C } ?? count
      #expect(ByteScan.endOfPlainText(bytes.span, from: start) == end)
      #expect(
        ByteScan.isVisible(bytes.span, start..<count)
          == bytes[start...].allSatisfy { $0 > 0x20 && $0 < 0x7F })
      #expect(ByteScan.isASCII(bytes.span) == bytes.allSatisfy { $0 < 0x80 })
      var other = bytes
      if let index = other.indices.randomElement(using: &random) { other[index] ^= 4 }
      #expect(ByteScan.isEqual(bytes.span, other.span) == (bytes == other))
    }
  }
}

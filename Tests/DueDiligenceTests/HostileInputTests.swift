import DueDiligence
import FoundationEssentials
import Ledger
import Testing
import Traceability

/// Nothing that comes in a file stops the program.
struct HostileInputTests {
  private let key = "ledger.example/aco+00000000+AQ=="

  @Test func `given random bytes then the file is said to be damaged`() throws {
    var random = SeededRandom(seed: 4)
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(!BundleVerifier.verify(bytes, verifierKeys: [key]).isSound)
      #expect(!BundleVerifier.verify([0x1F, 0x8B, 8, 0] + bytes, verifierKeys: []).isSound)
      #expect(throws: BundleError.self) { try Bundle.decode(try Gzip.pack(bytes)) }
    }
  }

  @Test func `given a file cut anywhere then it is refused`() throws {
    let json = try Scenario().ledger.bundle(of: try #require(StreamKey("plot:P-1"))).json()
    for end in stride(from: 0, to: json.count, by: 7) {
      #expect(throws: BundleError.self) { try Bundle.decode(try Gzip.pack(Array(json[..<end]))) }
    }
  }

  @Test func `given pieces of the file shuffled, doubled or cut out then it is refused`() throws {
    let scenario = try Scenario()
    let json = try scenario.shipmentBundle().json()
    var random = SeededRandom(seed: 5)
    for _ in 0..<300 {
      var forged = json
      let start = Int.random(in: 0..<json.count, using: &random)
      let end = min(json.count, start + Int.random(in: 1...200, using: &random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0: forged.removeSubrange(start..<end)
      case 1: forged.insert(contentsOf: json[start..<end], at: start)
      default: forged.replaceSubrange(start..<end, with: json[start..<end].reversed())
      }
      guard forged != json else { continue }
      let report = BundleVerifier.verify(
        try Gzip.pack(forged), verifierKeys: [scenario.ledger.signer.verifierKey])
      #expect(!report.isSound)
    }
  }

  @Test func `given JSON spelled another way then the byte is named`() throws {
    let bundle = try Scenario().ledger.bundle(of: try #require(StreamKey("plot:P-1")))
    var json = bundle.json()
    json.insert(UInt8(ascii: " "), at: 1)
    #expect(throws: BundleError.self) { try Bundle.decode(try Gzip.pack(json)) }
    do {
      _ = try Bundle.decode(try Gzip.pack(json))
    } catch let error as BundleError {
      guard case .damaged(let offset, nil, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(offset == 1)
    }
  }

  @Test func `given a judgement nested without end then it is refused`() throws {
    let json = try Scenario().ledger.bundle(of: try #require(StreamKey("plot:P-1"))).json()
    let text = String(decoding: json, as: UTF8.self)
    let parts = text.split(separator: "\"judgement\":", maxSplits: 1)
    #expect(parts.count == 2)
    for deep in ["{", "["] {
      let nested = "{\"a\":" + String(repeating: deep, count: 200_000)
      let forged = parts[0] + "\"judgement\":" + nested + parts[1]
      #expect(throws: BundleError.self) {
        try Bundle.decode(try Gzip.pack(Array(String(forged).utf8)))
      }
    }
  }

  @Test func `given a small file that unpacks to much then the limit is named`() throws {
    let bomb = try Gzip.pack([UInt8](repeating: 0x20, count: 4_000_000))
    #expect(bomb.count < 10_000)
    var limits = BundleLimits()
    limits.bytes = 1_000_000
    #expect(throws: BundleError.gzip(.tooLarge(limit: 1_000_000))) {
      try Bundle.decode(bomb, limits: limits)
    }
    #expect(throws: GzipError.tooLarge(limit: 3_999_999)) {
      try Gzip.unpack(bomb, limit: 3_999_999)
    }
    #expect(try Gzip.unpack(bomb, limit: 4_000_000).count == 4_000_000)
  }

  @Test func `given more events than the limit then it is named`() throws {
    let file = try Scenario().shipmentBundle().encoded()
    var limits = BundleLimits()
    limits.events = 5
    #expect(throws: BundleError.limit(what: "events", limit: 5)) {
      try Bundle.decode(file, limits: limits)
    }
  }

  @Test func `given gzip damage then the byte is named`() throws {
    let packed = try Gzip.pack(Array("raíz".utf8))
    #expect(try Gzip.unpack(packed) == Array("raíz".utf8))
    #expect(throws: GzipError.truncated(offset: packed.count - 1)) {
      try Gzip.unpack(Array(packed.dropLast()))
    }
    #expect(throws: GzipError.damaged(offset: packed.count, reason: "bytes follow")) {
      try Gzip.unpack(packed + [0])
    }
    #expect(throws: GzipError.notGzip) { try Gzip.unpack([]) }
    var wrong = packed
    wrong[packed.count - 8] ^= 1
    #expect(throws: GzipError.self) { try Gzip.unpack(wrong) }
    #expect(try Gzip.unpack(try Gzip.pack([])) == [])
  }
}

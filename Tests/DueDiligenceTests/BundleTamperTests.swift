import DueDiligence
import FoundationEssentials
import Ledger
import Testing
import Traceability
import ValueTypes

/// Whoever cannot sign changes a file: every change is found.
struct BundleTamperTests {
  private static let trials = 600

  /// Where each event's text lies in the JSON.
  private func ranges(_ bundle: Bundle) -> [(position: Int64, range: Range<Int>)] {
    let json = bundle.json()
    var ranges: [(Int64, Range<Int>)] = []
    var offset = 0
    for event in bundle.events {
      let lead = Array(
        "{\"position\":\(event.position),\"leafHash\":\"\(event.leafHash)\",\"bytes\":\"".utf8)
      while !json[offset...].starts(with: lead) { offset += 1 }
      let start = offset + lead.count
      let escapes = event.bytes.count { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
      offset = start + event.bytes.count + escapes
      ranges.append((event.position, start..<offset))
    }
    return ranges
  }

  @Test func `given a changed byte in an event's bytes then the position is named`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    var random = SeededRandom(seed: 1)
    for _ in 0..<Self.trials {
      var forged = bundle
      let index = Int.random(in: 0..<bundle.events.count, using: &random)
      let byte = Int.random(in: 0..<bundle.events[index].bytes.count, using: &random)
      forged.events[index].bytes[byte] ^= UInt8.random(in: 1...255, using: &random)
      let report = BundleVerifier.verify(
        forged, verifierKeys: [scenario.ledger.signer.verifierKey])
      #expect(!report.isSound)
      #expect(report.failures.first?.code == .leafHash)
      #expect(report.failures.first?.position == bundle.events[index].position)
    }
  }

  @Test func `given every byte of two events changed in the file then the position is named`()
    throws
  {
    let scenario = try Scenario()
    let bundle = try scenario.ledger.bundle(of: try #require(StreamKey("plot:P-3")))
    let json = bundle.json()
    let key = scenario.ledger.signer.verifierKey
    var changes = 0
    for (position, range) in ranges(bundle).suffix(2) {
      for offset in range {
        var forged = json
        forged[offset] ^= 1
        let report = BundleVerifier.verify(try Gzip.pack(forged), verifierKeys: [key])
        #expect(!report.isSound)
        #expect(report.failures.first?.position == position, "byte \(offset)")
        changes += 1
      }
    }
    #expect(changes > 700)
  }

  @Test func `given any changed byte of the JSON then it is found`() throws {
    let scenario = try Scenario(withTenure: false)
    let bundle = try scenario.shipmentBundle()
    let json = bundle.json()
    let places = ranges(bundle)
    var random = SeededRandom(seed: 2)
    for _ in 0..<Self.trials {
      var forged = json
      let offset = Int.random(in: 0..<json.count, using: &random)
      forged[offset] ^= UInt8.random(in: 1...255, using: &random)
      let report = BundleVerifier.verify(
        try Gzip.pack(forged), verifierKeys: [scenario.ledger.signer.verifierKey])
      #expect(!report.isSound, "byte \(offset)")
      if let place = places.first(where: { $0.range.contains(offset) }) {
        #expect(report.failures.first?.position == place.position)
      }
    }
  }

  @Test func `given any changed byte around the events then it is found`() throws {
    let scenario = try Scenario(withTenure: false)
    let bundle = try scenario.ledger.bundle(of: try #require(StreamKey("plot:P-2")))
    let json = bundle.json()
    let inside = ranges(bundle)
    let key = scenario.ledger.signer.verifierKey
    for offset in json.indices where !inside.contains(where: { $0.range.contains(offset) }) {
      var forged = json
      forged[offset] ^= 1
      let report = BundleVerifier.verify(try Gzip.pack(forged), verifierKeys: [key])
      #expect(!report.isSound, "byte \(offset)")
    }
  }

  @Test func `given each part replaced then the failure says which`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    var other = scenario.ledger
    other.entries[other.entries.count - 1].append(0x20)
    let otherNote = try other.checkpoint
    func code(_ change: (inout Bundle) -> Void) throws -> [FailureCode] {
      var forged = bundle
      change(&forged)
      #expect(forged != bundle)
      let report = try scenario.ledger.verify(forged)
      #expect(!report.isSound)
      return report.failures.map(\.code)
    }
    #expect(try code { $0.checkpoint = otherNote } == [.root])
    #expect(try code { $0.treeSize += 1 }.contains(.checkpointDiffers))
    #expect(try code { $0.ledger = "other" } == [.checkpointDiffers])
    #expect(try code { $0.verifierKey = "other+00000000+AA" } == [.keyDiffers])
    #expect(try code { $0.policyVersion = "1" }.contains(.streamMissing))
    #expect(
      try code { $0.subject = StreamKey(kind: .lot, code: "S-1A") }.contains(.streamNotNeeded))
    #expect(try code { $0.events[3].leafHash = $0.events[4].leafHash }.contains(.leafHash))
    #expect(try code { $0.events.swapAt(3, 4) }.contains(.positionOrder))
    #expect(try code { $0.events.insert($0.events[5], at: 5) }.contains(.positionOrder))
    #expect(try code { $0.events.remove(at: 5) }.contains(.root))
    #expect(try code { $0.events = [] }.contains(.root))
    #expect(try code { $0.nodes.removeLast() } == [.root])
    #expect(try code { $0.nodes.append($0.nodes[0]) }.contains(.root))
    #expect(try code { $0.nodes.swapAt(0, 1) } == [.nodeOrder])
    #expect(try code { $0.attachments = [] } == [.geometryMissing])
    #expect(try code { $0.attachments[0].bytes[40] ^= 1 }.contains(.attachmentDigest))
    #expect(
      try code {
        $0.attachments[0].digest = MerkleTree.digest([1])
      }.contains(.geometryMissing))
  }

  @Test func `given a swapped verdict or reason then the derived one is told`() throws {
    let scenario = try Scenario(withTenure: false)
    let policy = scenario.ledger.context.policy
    var forged = try scenario.shipmentBundle()
    let honest = forged.judgement
    forged.judgement = Judgement(subject: forged.subject, policy: policy, reasons: [])
    var report = try scenario.ledger.verify(forged)
    #expect(report.failures.map(\.code) == [.verdict])
    #expect(report.verdict == .insufficientEvidence)
    forged.judgement = Judgement(
      subject: forged.subject, policy: policy, reasons: Array(honest.reasons.dropLast()))
    report = try scenario.ledger.verify(forged)
    #expect(report.failures.map(\.code) == [.verdict])
  }

  @Test func `given another key, no key or a broken key then no signature is accepted`() throws {
    let scenario = try Scenario()
    let file = try scenario.shipmentBundle().encoded()
    let stranger = try TestLedger(seed: 9).signer.verifierKey
    let named = try TestLedger(seed: 7, name: "another.example").signer.verifierKey
    for (keys, code) in [
      ([stranger], FailureCode.signature), ([], .signature), ([named], .signature),
      (["nonsense"], .keyInvalid),
    ] {
      let report = BundleVerifier.verify(file, verifierKeys: keys)
      #expect(!report.isSound)
      #expect(report.failures.contains { $0.code == code })
      #expect(report.checks.first { $0.name == .tree }?.ok == false)
    }
    let known = scenario.ledger.signer.verifierKey
    #expect(BundleVerifier.verify(file, verifierKeys: [stranger, known]).isSound)
  }

  @Test func `given an event dropped with a proof made anew then the gap is named`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let plot = try #require(StreamKey("plot:P-1"))
    let second = scenario.ledger.positions(of: [plot])[1]
    let third = scenario.ledger.positions(of: [plot])[2]
    let report = try scenario.ledger.verify(scenario.ledger.without([second], bundle))
    #expect(report.checks.first { $0.name == .tree }?.ok == true)
    let failure = try #require(report.failures.first)
    #expect(failure.code == .version)
    #expect(failure.position == third)
    #expect(failure.stream == "plot:P-1")
  }

  @Test func `given a stream's last event left out then the stream is named`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let required = Bundle.requiredStreams(
      for: scenario.shipmentStream, world: scenario.ledger.world,
      policy: scenario.ledger.context.policy)
    var cut = 0
    for stream in required.sorted() {
      let positions = scenario.ledger.positions(of: [stream])
      guard let last = positions.last, positions.count > 1 else { continue }
      cut += 1
      let report = try scenario.ledger.verify(scenario.ledger.without([last], bundle))
      #expect(report.checks.first { $0.name == .tree }?.ok == true)
      #expect(report.checks.first { $0.name == .streams }?.ok == true)
      #expect(
        report.failures.contains { $0.code == .headsDiffer && $0.stream == "\(stream)" },
        "\(stream): \(report.failures.map(\.code))")
    }
    #expect(cut > 5)
  }

  @Test func `given a proof of heads made for others, cut or of another map then it is refused`()
    throws
  {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    func codes(_ change: (inout Bundle) throws -> Void) throws -> [FailureCode] {
      var forged = bundle
      try change(&forged)
      return try scenario.ledger.verify(forged).failures.map(\.code)
    }
    #expect(try codes { $0.headsProof = HeadsProof(items: []) } == [.headsProof])
    #expect(try codes { $0.headsProof.items.removeLast() } == [.headsProof])
    let first = bundle.events[0].position
    #expect(
      try codes { $0.headsProof = try scenario.ledger.headsProof(of: [first]) } == [.headsProof])
    #expect(try codes { $0.headsEvent = $0.events[3] }.contains(.root))
    #expect(try codes { $0.headsEvent.bytes[40] ^= 1 }.contains(.leafHash))
  }

  @Test func `given any whole stream removed then the bundle fails`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let required = Bundle.requiredStreams(
      for: scenario.shipmentStream, world: scenario.ledger.world,
      policy: scenario.ledger.context.policy)
    #expect(required.count > 20)
    for stream in required.sorted() {
      let forged = try scenario.ledger.without(
        Set(scenario.ledger.positions(of: [stream])), bundle)
      let report = try scenario.ledger.verify(forged)
      #expect(!report.isSound, "\(stream)")
      #expect(report.checks.first { $0.name == .tree }?.ok == true)
    }
  }

  @Test func `given any byte of the packed file changed then it is found or changes nothing`()
    throws
  {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let file = try bundle.encoded()
    var random = SeededRandom(seed: 3)
    for _ in 0..<Self.trials {
      var forged = file
      let offset = Int.random(in: 0..<file.count, using: &random)
      forged[offset] ^= UInt8.random(in: 1...255, using: &random)
      let report = BundleVerifier.verify(
        forged, verifierKeys: [scenario.ledger.signer.verifierKey])
      if report.isSound { #expect(try Bundle.decode(forged) == bundle) }
      if report.isSound { #expect(offset < 10, "only the gzip header has bytes that say nothing") }
    }
  }
}

import DueDiligence
import FoundationEssentials
import Land
import Testing
import Traceability
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

/// A ledger in memory: the same envelopes, tree and signature as a real one, without a database.
struct TestLedger {
  static let origin = "ledger.example/aco"

  var entries: [[UInt8]] = []
  var world = World()
  let signer: CheckpointSigner
  let context: DecisionContext
  private(set) var attachments: [Ledger.Attachment] = []
  private var keys: [StreamKey] = []
  private var heads: [StreamKey: (version: Int64, position: Int64)] = [:]
  private var clock: Int64 = 1_780_000_000_000_000

  init(seed: UInt8 = 7, name: String = origin) throws {
    let key = try Curve25519.Signing.PrivateKey(
      rawRepresentation: Data([UInt8](repeating: seed, count: 32)))
    signer = try CheckpointSigner(name: name, privateKey: key)
    context = DecisionContext(
      now: try #require(Timestamp(microseconds: clock + 86_400_000_000)),
      catalogue: try Catalogue.shipped(), policy: try Policy.shipped())
  }

  mutating func attach(_ bytes: [UInt8]) {
    attachments.append(Ledger.Attachment(mediaType: Bundle.geometryMediaType, bytes: bytes))
  }

  /// Decides as the service does, and records what was decided.
  mutating func run(_ command: Command) throws {
    let moment = try #require(Timestamp(microseconds: clock, offsetMinutes: -300))
    for new in try decide(command, occurredAt: moment, in: world, by: context) {
      try record(new.event, in: new.stream)
    }
  }

  /// Records a fact that nobody decided: what a dishonest operator could sign.
  mutating func record(
    _ fact: DomainEvent, in stream: StreamKey? = nil, version: Int64? = nil,
    recordedEarlier: Int64 = 0, occurredEarlier: Int64 = 0
  ) throws {
    let key = stream ?? fact.stream
    let version = version ?? world.version(of: key) + 1
    clock += 1_000_000
    let moment = try #require(Timestamp(microseconds: clock - recordedEarlier * 1_000_000))
    let occurred = try #require(
      Timestamp(microseconds: moment.microseconds - occurredEarlier * 1_000_000))
    let id =
      "018f0000-0000-7000-8000-"
      + Hex.encode((0..<6).map { UInt8(entries.count >> (8 * (5 - $0)) & 255) })
    let envelope = EventEnvelope(
      id: id, stream: try StreamName(key.description), version: version, type: fact.type,
      schema: DomainEvent.schema, occurredAt: occurred, recordedAt: moment,
      recordedBy: "clerk ñ", commit: try CommitKey("commit-\(entries.count)"),
      data: try fact.encoded())
    heads[key] = (max(version, heads[key]?.version ?? 0), Int64(entries.count))
    entries.append(envelope.compose())
    keys.append(key)
    world.apply(fact, stream: key, version: version, occurredAt: occurred)
  }

  /// All heads in the order of their keys.
  var sortedHeads: [StreamHead] {
    get throws {
      try heads.map { key, head in
        StreamHead(
          stream: try StreamName(key.description), version: head.version,
          lastPosition: head.position)
      }.sorted { $0.key < $1.key }
    }
  }

  /// The event by which the ledger commits to its heads; bundles' trees end with it.
  func headsEvent(claiming claimed: [StreamHead]? = nil) throws -> RecordedEvent {
    let sorted = try claimed ?? sortedHeads
    let size = Int64(entries.count)
    let committed = HeadsCommitted(
      size: size, streams: Int64(sorted.count), root: HeadsMap.root(sorted: sorted))
    let moment = try #require(Timestamp(microseconds: clock + 1_000_000))
    let envelope = EventEnvelope(
      id: "018f0000-0000-7000-9000-000000000000", stream: try HeadsCommitted.stream(), version: 1,
      type: HeadsCommitted.type, schema: HeadsCommitted.schema, occurredAt: moment,
      recordedAt: moment, recordedBy: "raiz", commit: try CommitKey("heads:\(size)"),
      data: committed.data)
    return try RecordedEvent(position: size, bytes: envelope.compose())
  }

  /// The hashes of all entries and of the commitment after them.
  private var leaves: [SHA256Digest] {
    get throws { (entries + [try headsEvent().bytes]).map { MerkleTree.leafHash($0) } }
  }

  var checkpoint: String {
    get throws {
      let leaves = try leaves
      return try signer.sign(size: Int64(leaves.count), root: MerkleTree.root(leaves: leaves))
    }
  }

  /// The proof of some positions and of the commitment's.
  func proof(of positions: [Int64]) throws -> MultiProof {
    let hashes = try leaves
    let size = Int64(hashes.count)
    let nodes = try MultiProof.ranges(of: positions + [size - 1], treeSize: size).map { range in
      let node = TreeNode(over: range)
      return MultiProof.Node(
        level: node.level, index: node.index,
        hash: MerkleTree.root(leaves: hashes[Int(range.lowerBound)..<Int(range.upperBound)]))
    }
    return MultiProof(
      treeSize: size, nodes: nodes.sorted { ($0.level, $0.index) < ($1.level, $1.index) })
  }

  func headsProof(of positions: [Int64]) throws -> HeadsProof {
    let streams = try Set(positions.map { try StreamName(keys[Int($0)].description) })
    return HeadsProof(of: streams, sorted: try sortedHeads)
  }

  func positions(of streams: Set<StreamKey>) -> [Int64] {
    keys.indices.filter { streams.contains(keys[$0]) }.map(Int64.init)
  }

  func bundle(of subject: StreamKey) throws -> Bundle {
    let streams = Bundle.requiredStreams(for: subject, world: world, policy: context.policy)
    return try bundle(of: subject, positions: positions(of: streams))
  }

  func bundle(of subject: StreamKey, positions: [Int64]) throws -> Bundle {
    try Bundle.build(
      subject: subject, policyCode: context.policy.code,
      events: positions.map { try RecordedEvent(position: $0, bytes: entries[Int($0)]) },
      checkpoint: try checkpoint, verifierKey: signer.verifierKey, heads: try headsEvent(),
      headsProof: try headsProof(of: positions), proof: try proof(of: positions),
      attachments: attachments)
  }

  /// What a forger can do who cannot sign: keep the checkpoint and prove only some events of it.
  func without(_ dropped: Set<Int64>, _ bundle: Bundle) throws -> Bundle {
    var forged = bundle
    forged.events.removeAll { dropped.contains($0.position) }
    forged.headsProof = try headsProof(of: forged.events.map(\.position))
    forged.nodes = try proof(of: forged.events.map(\.position)).nodes.map {
      Bundle.Node(level: $0.level, index: $0.index, hash: $0.hash)
    }
    return forged
  }

  func verify(_ bundle: Bundle, policyOverride: Policy? = nil) throws -> VerificationReport {
    BundleVerifier.verify(
      try bundle.encoded(), verifierKeys: [signer.verifierKey], policyOverride: policyOverride)
  }
}

/// The same numbers every time (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

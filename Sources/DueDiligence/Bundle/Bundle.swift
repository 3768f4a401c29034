public import Ledger
public import Traceability
public import ValueTypes

/// One file with the whole evidence about a lot, a shipment or a plot: it verifies offline.
///
/// A value of this type says what a file holds, true or not; `BundleVerifier` judges it.
public struct Bundle: Sendable, Hashable {
  public static let format = "raiz-bundle/2"
  /// The file is gzip around JSON; it keeps this ending.
  public static let fileExtension = ".raiz.json"
  /// The one kind of attachment that a bundle carries.
  public static let geometryMediaType = "application/geo+json"

  public struct Event: Sendable, Hashable {
    public var position: Int64
    /// `SHA-256(0x00 ‖ bytes)` (RFC 6962 section 2.1), as the file states it.
    public var leafHash: SHA256Digest
    /// The event exactly as recorded, UTF-8.
    public var bytes: [UInt8]

    public init(position: Int64, leafHash: SHA256Digest, bytes: [UInt8]) {
      self.position = position
      self.leafHash = leafHash
      self.bytes = bytes
    }
  }

  /// A geometry too large for its event, named in it by this digest.
  public struct Text: Sendable, Hashable {
    public var digest: SHA256Digest
    public var mediaType: String
    public var bytes: [UInt8]

    public init(digest: SHA256Digest, mediaType: String, bytes: [UInt8]) {
      self.digest = digest
      self.mediaType = mediaType
      self.bytes = bytes
    }
  }

  public struct Node: Sendable, Hashable {
    public var level: Int
    public var index: Int64
    public var hash: SHA256Digest

    public init(level: Int, index: Int64, hash: SHA256Digest) {
      self.level = level
      self.index = index
      self.hash = hash
    }
  }

  public var subject: StreamKey
  /// The ledger's origin.
  public var ledger: String
  public var treeSize: Int64
  /// The signed note that covers `treeSize` events.
  public var checkpoint: String
  /// Says which key signed; verification takes its keys from elsewhere.
  public var verifierKey: String
  public var policyName: String
  public var policyVersion: String
  public var judgement: Judgement
  /// In the order of positions.
  public var events: [Event]
  /// The ledger's last event before the checkpoint, which commits to the heads of all streams.
  public var headsEvent: Event
  /// Where each stream of the events stands in that map.
  public var headsProof: HeadsProof
  /// What a `MultiProof` of all these positions needs, sorted by level, then index.
  public var nodes: [Node]
  /// In the order of digests.
  public var attachments: [Text]

  public init(
    subject: StreamKey, ledger: String, treeSize: Int64, checkpoint: String, verifierKey: String,
    policyName: String, policyVersion: String, judgement: Judgement, events: [Event],
    headsEvent: Event, headsProof: HeadsProof, nodes: [Node], attachments: [Text]
  ) {
    self.subject = subject
    self.ledger = ledger
    self.treeSize = treeSize
    self.checkpoint = checkpoint
    self.verifierKey = verifierKey
    self.policyName = policyName
    self.policyVersion = policyVersion
    self.judgement = judgement
    self.events = events
    self.headsEvent = headsEvent
    self.headsProof = headsProof
    self.nodes = nodes
    self.attachments = attachments
  }

  public var proof: MultiProof {
    MultiProof(
      treeSize: treeSize,
      nodes: nodes.map { MultiProof.Node(level: $0.level, index: $0.index, hash: $0.hash) })
  }

  /// The file. The same bundle gives the same bytes.
  public func encoded() throws(GzipError) -> [UInt8] { try Gzip.pack(json()) }

  /// Reads a file strictly; judges nothing but its form.
  public static func decode(
    _ file: [UInt8], limits: BundleLimits = BundleLimits()
  ) throws(BundleError) -> Bundle {
    let text: [UInt8]
    do {
      text = try Gzip.unpack(file, limit: limits.bytes)
    } catch {
      throw .gzip(error)
    }
    var reader = BundleReader(text, limits: limits)
    return try reader.bundle()
  }
}

/// How much a bundle may hold. Passing one is `BundleError.limit`.
public struct BundleLimits: Sendable, Hashable {
  /// Bytes of JSON after unpacking.
  public var bytes = Gzip.mostBytes
  public var events = 1_000_000
  public var nodes = 64_000_000
  public var attachments = 100_000

  public init() {}
}

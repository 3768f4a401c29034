import FoundationEssentials
public import ValueTypes

/// The event by which a ledger commits to the heads of all its streams.
///
/// It stands at the very position that its map covers up to, so a tree that ends with it commits to
/// the heads of everything before. Its own stream is in the map like any other, as of before it.
public struct HeadsCommitted: Sendable, Hashable {
  public static let streamText = "ledger:heads"
  public static let type = "heads-committed"
  public static let schema = 1

  /// The map covers the events before this position, which is the event's own.
  public let size: Int64
  /// How many streams the map has.
  public let streams: Int64
  public let root: SHA256Digest

  public init(size: Int64, streams: Int64, root: SHA256Digest) {
    self.size = size
    self.streams = streams
    self.root = root
  }

  public static func stream() throws(LedgerError) -> StreamName { try StreamName(streamText) }

  /// The event's data.
  public var data: [UInt8] {
    Array("{\"size\":\(size),\"streams\":\(streams),\"root\":\"\(root)\"}".utf8)
  }

  /// What an audit says where the map made from the events is another.
  func contradiction(of actual: HeadsRootBuilder) -> String? {
    let found = actual.root
    if found == root, actual.count == streams { return nil }
    return "it commits to \(streams) streams under \(root); the events give"
      + " \(actual.count) under \(found)"
  }

  /// Reads a recorded event; nil if it is of another kind.
  ///
  /// Throws `invalidEnvelope` if it is one, but its data are not spelt as `data` spells them, or
  /// it does not stand at the position it covers.
  public init?(_ event: RecordedEvent) throws(LedgerError) {
    let envelope = event.envelope
    guard Name.equal(envelope.stream.text, Self.streamText) else { return nil }
    struct Form: Decodable {
      let size: Int64
      let streams: Int64
      let root: SHA256Digest
    }
    guard envelope.type == Self.type, envelope.schema == Self.schema,
      let form = try? JSONDecoder().decode(Form.self, from: Data(envelope.data))
    else { throw .invalidEnvelope(reason: "no \(Self.type) of a known form") }
    self.init(size: form.size, streams: form.streams, root: form.root)
    guard data == envelope.data, size == event.position else {
      throw .invalidEnvelope(reason: "\(Self.type) that does not cover what stands before it")
    }
  }
}

import ValueTypes

/// What one entry bundle and the tile of its leaf hashes say by themselves: the part of a log's
/// audit that needs nothing of other bundles, so that many can be done at once.
struct BundleCheck: Sendable {
  /// What an entry says, as far as entries before it matter.
  struct Mark: Sendable {
    /// Names, as numbers that nobody can foresee.
    var stream: UInt64 = 0
    var commit: UInt64 = 0
    /// 0 where the entry is no event.
    var version: Int64 = 0
    /// In microseconds.
    var recordedAt: Int64 = 0
  }

  let index: Int64
  /// Why there are no entries.
  private(set) var problem: String?
  /// Why there are no hashes to compare with.
  private(set) var tileProblem: String?
  /// The root over the entries' leaf hashes.
  private(set) var root: SHA256Digest?
  /// The root over the hashes in the tile, where those are others, or there are no entries.
  private(set) var tileRoot: SHA256Digest?
  /// Entries that have another leaf hash than the tile says.
  private(set) var differing: [(offset: Int, actual: SHA256Digest, stored: SHA256Digest)] = []
  /// Where the tree of a size that ends in this bundle is asked for.
  private(set) var leaves: [SHA256Digest] = []
  private(set) var marks: [Mark] = []
  /// The keys in the map of heads of the streams that begin here, in order.
  private(set) var begun: [SHA256Digest] = []
  /// The bytes of what commits to the heads of streams.
  private(set) var commitments: [(offset: Int, bytes: [UInt8])] = []
  private(set) var unreadable: [(offset: Int, reason: String)] = []

  var first: Int64 { index * Int64(TilePath.fullWidth) }

  /// - Parameters:
  ///   - width: how many entries the tree has here.
  ///   - bundle, tile: the files' bytes; nil where there is none.
  ///   - salt: goes into the numbers that stand for names; the same for a whole walk.
  init(
    index: Int64, width: Int, bundle: [UInt8]?, tile: [UInt8]?, salt: UInt64, keepsLeaves: Bool
  ) {
    self.index = index
    let stored = takeTile(tile, width: width)
    if let bundle, let ranges = places(bundle, width: width) {
      let bytes = bundle.span
      read(bytes, ranges, salt)
      let leaves = ranges.map { MerkleTree.leafHash(bytes.extracting($0)) }
      root = MerkleTree.root(leaves: leaves)
      for (offset, (actual, stored)) in zip(leaves, stored).enumerated() where actual != stored {
        differing.append((offset, actual, stored))
      }
      if keepsLeaves { self.leaves = leaves }
    } else if bundle == nil {
      problem = "the bundle of entries is missing"
    }
    if root == nil || !differing.isEmpty, !stored.isEmpty {
      tileRoot = MerkleTree.root(leaves: stored)
    }
  }

  /// Where the entries lie.
  private mutating func places(_ bundle: [UInt8], width: Int) -> [Range<Int>]? {
    do throws(LedgerError) {
      let ranges = try EntryBundle.ranges(bundle.span)
      if ranges.count == width { return ranges }
      problem = "the bundle holds \(ranges.count) entries instead of \(width)"
    } catch {
      problem = "\(error)"
    }
    return nil
  }

  private mutating func takeTile(_ tile: [UInt8]?, width: Int) -> [SHA256Digest] {
    guard let tile else {
      tileProblem = "the tile of leaf hashes is missing"
      return []
    }
    guard tile.count == 32 * width, let hashes = SHA256Digest.list(tile) else {
      tileProblem = "the tile of leaf hashes has \(tile.count) bytes instead of \(32 * width)"
      return []
    }
    return hashes
  }

  private mutating func read(_ bytes: Span<UInt8>, _ ranges: [Range<Int>], _ salt: UInt64) {
    marks.reserveCapacity(ranges.count)
    var neighbours = NeighbourEnvelopes()
    for (offset, range) in ranges.enumerated() {
      let entry = bytes.extracting(range)
      if let envelope = neighbours.read(range, of: bytes) {
        take(
          offset, entry, stream: entry.extracting(envelope.stream),
          commit: entry.extracting(envelope.commit), envelope.version, envelope.recordedAt, salt)
      } else {
        takeAnyLayout(offset, entry, salt)
      }
    }
  }

  private mutating func takeAnyLayout(_ offset: Int, _ entry: Span<UInt8>, _ salt: UInt64) {
    do throws(LedgerError) {
      let event = try EventEnvelope.parse(Array(entry))
      let (stream, commit) = (Array(event.stream.text.utf8), Array(event.commit.text.utf8))
      take(
        offset, entry, stream: stream.span, commit: commit.span, event.version, event.recordedAt,
        salt)
    } catch {
      unreadable.append((offset, "\(error)"))
      marks.append(Mark())
    }
  }

  private mutating func take(
    _ offset: Int, _ entry: Span<UInt8>, stream: Span<UInt8>, commit: Span<UInt8>,
    _ version: Int64, _ recordedAt: Timestamp, _ salt: UInt64
  ) {
    marks.append(
      Mark(
        stream: Self.number(stream, salt), commit: Self.number(commit, salt), version: version,
        recordedAt: recordedAt.microseconds))
    if version == 1 { begun.append(MerkleTree.digest(Array(stream))) }
    if ByteScan.isEqual(stream, Self.headsStream.span) {
      commitments.append((offset, Array(entry)))
    }
  }

  private static let headsStream = Array(HeadsCommitted.streamText.utf8)

  private static func number(_ name: Span<UInt8>, _ salt: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(salt)
    // Lent for the length of the call only.
    unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}

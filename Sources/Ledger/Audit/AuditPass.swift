import PostgreSQL
import ValueTypes

/// One walk over all events, page by page: a state machine without I/O.
///
/// Entries are read in place and nothing is allocated for one that is as it must be.
struct AuditPass: Sendable {
  var report: AuditReport
  /// The newest checkpoint known from outside the database.
  var published: Checkpoint?
  /// The commits that the events are of.
  var commits: AuditCommits
  /// Whether the versions of every stream run 1, 2, 3, …
  private(set) var streams: StreamVersions
  /// The streams that begin, and where.
  private(set) var begun: Tally
  private(set) var window: AuditWindow

  private let verifier: CheckpointVerifier
  private var tail = TreeTail()
  private var lastRecordedAt = Timestamp.ledgerEpoch
  /// The bytes of the window's level-0 tile of this index; none where it is missing.
  private var stored: (index: Int64, hashes: [UInt8])?
  /// Hashes of the window's level-0 tile of this index that are believed, where they were needed.
  private var believed: (index: Int64, hashes: [SHA256Digest])?
  /// The newest size whose signed root was found right.
  private var soundSize: Int64 = 0
  /// After one wrong root every later one is wrong too; only the first is reported.
  private var rootsDiffer = false

  init(
    report: AuditReport, verifier: CheckpointVerifier, secret: Tally.Secret,
    streamLimit: Int = StreamVersions.usualLimit, listsCommits: Bool = false
  ) {
    self.report = report
    self.verifier = verifier
    commits = AuditCommits(secret, lists: listsCommits)
    streams = StreamVersions(limit: streamLimit)
    begun = Tally(secret)
    window = AuditWindow(range: 0..<0)
  }

  /// The position that comes next.
  var next: Int64 { tail.size }

  /// Goes on to the window that follows; events that the one before lacks are reported.
  mutating func open(_ next: AuditWindow) {
    closeWindow()
    window = next
    stored = nil
    believed = nil
  }

  /// Reports the events that the window lacks after the last one.
  mutating func closeWindow() {
    while tail.size < window.range.upperBound { addMissing() }
  }

  /// Checks entries from an index on, up to the end of the page; false if the next one is beyond
  /// the window.
  mutating func check(_ page: AuditPage, from index: inout Int) -> Bool {
    let bytes = page.page.bytes.span
    while index < page.entries.count {
      guard page.entries[index].row.position < window.range.upperBound else { return false }
      check(page.entries[index], bytes)
      index += 1
    }
    return true
  }

  private mutating func check(_ entry: AuditPage.Entry, _ page: Span<UInt8>) {
    let row = entry.row
    guard row.position >= tail.size else {
      report.add(
        .eventContradicts, at: row.position..<(row.position + 1), "there are two events")
      return
    }
    while tail.size < row.position { addMissing() }
    guard let range = row.bytes, let actual = entry.leaf else { return addMissing() }
    let leaf = checkHashes(row, actual, page)
    checkEnvelope(entry, page.extracting(range), page, isChanged: leaf.isChanged)
    add(leaf.recorded)
  }

  private mutating func addMissing() {
    let position = tail.size
    report.add(.eventMissing, at: position..<(position + 1), "there is no event")
    add(tileHash(position) ?? MerkleTree.emptyRoot)
  }

  /// Judges an event's bytes; gives the leaf hash that the tree most likely had.
  private mutating func checkHashes(
    _ row: AuditRow, _ actual: SHA256Digest, _ page: Span<UInt8>
  ) -> (recorded: SHA256Digest, isChanged: Bool) {
    let column = SHA256Digest(page.extracting(row.leafHash))
    // Where a tile has another hash, adding this one to the tree will show it.
    if column == actual, storedHash(row.position).map({ $0 == actual }) ?? true {
      return (actual, false)
    }
    let place = row.position..<(row.position + 1)
    let recorded = tileHash(row.position) ?? column ?? actual
    let isChanged = actual != recorded
    if isChanged {
      report.add(
        .eventChanged, at: place, "its bytes hash to \(actual), recorded was \(recorded)")
    } else if column != actual {
      report.add(
        .eventContradicts, at: place, "its stored leaf hash is not that of its bytes")
    }
    return (recorded, isChanged)
  }

  /// What the level-0 tile says, believed or not.
  private mutating func storedHash(_ position: Int64) -> SHA256Digest? {
    let index = position >> 8
    if stored?.index != index {
      stored = (index, window.tiles[.init(level: 0, index: index)]?.hashes ?? [])
    }
    let start = Int(position & 255) * 32
    guard let hashes = stored?.hashes, start + 32 <= hashes.count else { return nil }
    return SHA256Digest(hashes.span.extracting(start..<(start + 32)))
  }

  /// The hash that the level-0 tile stores; nil if it is not full, missing, or at odds with its own
  /// root and so no witness.
  private mutating func tileHash(_ position: Int64) -> SHA256Digest? {
    let index = position >> 8
    if believed?.index != index {
      var hashes: [SHA256Digest] = []
      if let tile = window.tiles[.init(level: 0, index: index)],
        let list = SHA256Digest.list(tile.hashes), list.count == TilePath.fullWidth,
        MerkleTree.root(leaves: list).bytes == tile.root
      {
        hashes = list
      }
      believed = (index, hashes)
    }
    guard let hashes = believed?.hashes, !hashes.isEmpty else { return nil }
    return hashes[Int(position & 255)]
  }

  private mutating func checkEnvelope(
    _ entry: AuditPage.Entry, _ bytes: Span<UInt8>, _ page: Span<UInt8>, isChanged: Bool
  ) {
    let row = entry.row
    let column = page.extracting(row.stream)
    streams.follow(column, version: row.version)
    if row.version == 1 { begun.add(column, row.position) }
    let place = row.position..<(row.position + 1)
    let says: (recordedAt: Timestamp, agrees: Bool)
    if let envelope = entry.envelope {
      commits.add(envelope, bytes, at: row.position, isChanged: isChanged)
      let agrees =
        envelope.version == row.version
        && ByteScan.isEqual(bytes.extracting(envelope.stream), column)
      says = (envelope.recordedAt, agrees)
    } else {
      do throws(LedgerError) {
        let envelope = try EventEnvelope.parse(Array(bytes))
        commits.add(envelope, at: row.position, isChanged: isChanged)
        let agrees =
          envelope.version == row.version
          && ByteScan.isEqual(Array(envelope.stream.text.utf8).span, column)
        says = (envelope.recordedAt, agrees)
      } catch {
        report.add(.eventContradicts, at: place, "its bytes are no event: \(error)")
        commits.addUnreadable()
        return
      }
    }
    if !says.agrees {
      report.add(.eventContradicts, at: place, Self.contradiction(row, bytes, column))
    }
    if says.recordedAt < lastRecordedAt {
      report.add(.eventContradicts, at: place, "it was recorded before the event before it")
    }
    lastRecordedAt = max(lastRecordedAt, says.recordedAt)
  }

  private static func contradiction(
    _ row: AuditRow, _ bytes: Span<UInt8>, _ column: Span<UInt8>
  ) -> String {
    let stream = String(decoding: Array(column), as: UTF8.self)
    let says =
      (try? EventEnvelope.parse(Array(bytes))).map { "\($0.stream) version \($0.version)" } ?? ""
    return "it says \(says), the columns say \(stream) version \(row.version)"
  }

  private mutating func add(_ leaf: SHA256Digest) {
    var full: [FullTile] = []
    tail.append(leaf, full: &full)
    for tile in full { check(tile) }
    while let note = window.takeNote(of: tail.size) { checkNote(note) }
    if let published, published.size == tail.size { checkPublished(published) }
  }

  private static func holds(
    _ stored: AuditWindow.StoredTile?, _ hashes: [SHA256Digest]
  ) -> Bool {
    guard let bytes = stored?.hashes, bytes.count == hashes.count * 32 else { return false }
    let span = bytes.span
    return hashes.indices.allSatisfy {
      SHA256Digest(span.extracting(($0 * 32)..<($0 * 32 + 32))) == hashes[$0]
    }
  }

  private mutating func check(_ tile: FullTile) {
    let shift = Int64(8 * (tile.level + 1))
    let place = (tile.index << shift)..<((tile.index + 1) << shift)
    let stored = window.tiles[.init(level: tile.level, index: tile.index)]
    report.tiles += 1
    if stored?.root != tile.root.bytes || !Self.holds(stored, tile.hashes) {
      report.add(
        .tileChanged, at: place,
        stored == nil
          ? "tile \(tile.level)/\(tile.index) is missing"
          : "tile \(tile.level)/\(tile.index) does not hold the hashes of the events")
    }
  }

  private mutating func checkNote(_ stored: AuditWindow.Note) {
    let size = tail.size
    let root = tail.range.root
    report.checkpoints += 1
    do {
      let checkpoint = try verifier.open(stored.note)
      guard checkpoint.size == size, checkpoint.root.bytes == stored.root else {
        report.add(
          .checkpointWrong, at: soundSize..<size,
          "the note of size \(size) says size \(checkpoint.size) and root \(checkpoint.root)")
        return
      }
      if checkpoint.root == root {
        soundSize = size
      } else if !rootsDiffer {
        rootsDiffer = true
        report.add(
          .checkpointWrong, at: soundSize..<size,
          "these events do not give the root signed for size \(size), nor any later one")
      }
    } catch {
      report.add(.checkpointWrong, at: soundSize..<size, "the note of size \(size): \(error)")
    }
  }

  private mutating func checkPublished(_ published: Checkpoint) {
    if published.root == tail.range.root { return }
    report.add(
      .publishedDiffers, at: 0..<tail.size,
      "the events do not give the root published for size \(published.size)")
  }

  /// After the last page: the head must be what the walk arrived at, and be signed.
  mutating func finish(root: [UInt8], frontier: [UInt8]) {
    closeWindow()
    commits.end()
    let range = tail.range
    if root != range.root.bytes {
      report.add(.headWrong, at: nil, "the head's root is not that of its \(range.size) events")
    } else if frontier != range.bytes {
      report.add(.headWrong, at: nil, "the head's frontier is not that of its events")
    }
    if soundSize < range.size, !rootsDiffer {
      report.add(
        .checkpointWrong, at: soundSize..<range.size, "no sound checkpoint covers these events")
    }
  }
}

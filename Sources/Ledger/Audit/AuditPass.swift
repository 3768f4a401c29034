import ValueTypes

/// One walk over all events, page by page: a state machine without I/O.
struct AuditPass: Sendable {
  /// The events of one commit, which are always side by side.
  struct Run: Sendable {
    let key: CommitKey
    let first: Int64
    var count: Int64 = 0
    var content = ContentDigest()
    /// Whether an event of it was found changed, so that its content tells nothing new.
    var isTainted = false
  }

  var report: AuditReport
  /// The newest checkpoint known from outside the database.
  var published: Checkpoint?

  private let verifier: CheckpointVerifier
  private var tail = TreeTail()
  private var lastRecordedAt = Timestamp.ledgerEpoch
  private var run: Run?
  private var endedRuns: [Run] = []
  /// The newest size whose signed root was found right.
  private var soundSize: Int64 = 0
  /// After one wrong root every later one is wrong too; only the first is reported.
  private var rootsDiffer = false

  init(report: AuditReport, verifier: CheckpointVerifier) {
    self.report = report
    self.verifier = verifier
  }

  mutating func takeRuns() -> [Run] {
    defer { endedRuns = [] }
    return endedRuns
  }

  mutating func check(_ page: AuditPage) {
    var hashes: [SHA256Digest] = []
    for position in page.range {
      if position & 255 == 0 {
        hashes = tileHashes(position >> 8, page)
      }
      let stored = hashes.isEmpty ? nil : hashes[Int(position & 255)]
      let leaf = checkEvent(position, page.events[position], tile: stored)
      append(leaf, page)
      if let note = page.notes[tail.size] { checkNote(note) }
      checkPublished()
    }
  }

  /// The hashes that the level-0 tile stores; none if it is not full, missing, or at odds with its
  /// own root and so no witness.
  private mutating func tileHashes(_ index: Int64, _ page: AuditPage) -> [SHA256Digest] {
    guard let tile = page.tiles[.init(level: 0, index: index)],
      let hashes = SHA256Digest.list(tile.hashes), hashes.count == TilePath.fullWidth,
      MerkleTree.root(leaves: hashes).bytes == tile.root
    else { return [] }
    return hashes
  }

  /// Judges one event; returns the leaf hash that the tree most likely had.
  private mutating func checkEvent(
    _ position: Int64, _ event: AuditPage.Event?, tile: SHA256Digest?
  ) -> SHA256Digest {
    let place = position..<(position + 1)
    guard let event else {
      report.add(.eventMissing, at: place, "there is no event")
      return tile ?? MerkleTree.emptyRoot
    }
    let actual = MerkleTree.leafHash(event.bytes)
    let recorded = tile ?? SHA256Digest(event.leafHash) ?? actual
    let isChanged = actual != recorded
    if isChanged {
      report.add(
        .eventChanged, at: place, "its bytes hash to \(actual), recorded was \(recorded)")
    } else if event.leafHash != actual.bytes {
      report.add(
        .eventContradicts, at: place, "its stored leaf hash is not that of its bytes")
    }
    checkEnvelope(event, at: position, isChanged: isChanged)
    return recorded
  }

  private mutating func checkEnvelope(
    _ event: AuditPage.Event, at position: Int64, isChanged: Bool
  ) {
    let place = position..<(position + 1)
    let envelope: EventEnvelope
    do {
      envelope = try EventEnvelope.parse(event.bytes)
    } catch {
      report.add(.eventContradicts, at: place, "its bytes are no event: \(error)")
      run?.isTainted = true
      run?.count += 1
      return
    }
    if !Name.equal(envelope.stream.text, event.stream) || envelope.version != event.version {
      report.add(
        .eventContradicts, at: place,
        "it says \(envelope.stream) version \(envelope.version), the columns say"
          + " \(event.stream) version \(event.version)")
    }
    if envelope.recordedAt < lastRecordedAt {
      report.add(.eventContradicts, at: place, "it was recorded before the event before it")
    }
    lastRecordedAt = max(lastRecordedAt, envelope.recordedAt)
    extendRun(envelope, at: position, isChanged: isChanged)
  }

  private mutating func extendRun(
    _ envelope: EventEnvelope, at position: Int64, isChanged: Bool
  ) {
    if run?.key != envelope.commit {
      endRun()
      run = Run(key: envelope.commit, first: position)
    }
    run?.count += 1
    if isChanged { run?.isTainted = true }
    run?.content.add(
      stream: envelope.stream, type: envelope.type, schema: envelope.schema,
      occurredAt: envelope.occurredAt, data: envelope.data)
  }

  private mutating func endRun() {
    if let run { endedRuns.append(run) }
    run = nil
  }

  private mutating func append(_ leaf: SHA256Digest, _ page: AuditPage) {
    var full: [FullTile] = []
    tail.append(leaf, full: &full)
    for tile in full {
      let shift = Int64(8 * (tile.level + 1))
      let place = (tile.index << shift)..<((tile.index + 1) << shift)
      let stored = page.tiles[.init(level: tile.level, index: tile.index)]
      report.tiles += 1
      if stored?.root != tile.root.bytes || stored?.hashes != tile.hashes.flatMap(\.bytes) {
        report.add(
          .tileChanged, at: place,
          stored == nil
            ? "tile \(tile.level)/\(tile.index) is missing"
            : "tile \(tile.level)/\(tile.index) does not hold the hashes of the events")
      }
    }
  }

  private mutating func checkNote(_ stored: AuditPage.Note) {
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

  private mutating func checkPublished() {
    guard let published, published.size == tail.size, published.root != tail.range.root else {
      return
    }
    report.add(
      .publishedDiffers, at: 0..<tail.size,
      "the events do not give the root published for size \(published.size)")
  }

  /// After the last page: the head must be what the walk arrived at, and be signed.
  mutating func finish(root: [UInt8], frontier: [UInt8]) {
    endRun()
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

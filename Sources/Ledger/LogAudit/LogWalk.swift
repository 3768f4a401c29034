import ValueTypes

/// Goes through what the bundles of a log say, in their order: a state machine whose only I/O is
/// reading tiles of the upper levels.
struct LogWalk {
  private(set) var report: LogAuditReport
  /// Events at which a stream or a commit looks wrong. Names are only numbers here, and two might
  /// have one, so somebody has to look.
  private(set) var suspects: [Int64] = []

  private let signed: Checkpoint
  /// Earlier checkpoints, the largest first.
  private var earlier: [Checkpoint]
  private var tree: LogTree
  private var streams = StreamTable()
  private var commits: Set<UInt64> = []
  private var lastCommit: UInt64?
  private var lastRecordedAt = Int64.min
  private var lastCommitment: (position: Int64, says: HeadsCommitted)?
  /// Whether every event was read as it was recorded: the map of heads is made from all of them.
  private var isWhole = true

  /// So many are looked at by their names.
  static let mostSuspects = 1_000

  /// - Parameter earlier: checkpoints whose trees this one must begin with, none larger than it.
  init(
    report: LogAuditReport, signed: Checkpoint, earlier: [Checkpoint], tile: @escaping TileReader
  ) {
    self.report = report
    self.signed = signed
    self.earlier = earlier.sorted { $0.size > $1.size }
    tree = LogTree(size: signed.size, tile: tile)
  }

  /// The bundles whose leaves are needed.
  static func bundlesToKeep(size: Int64, earlier: [Checkpoint]) -> Set<Int64> {
    let width = Int64(TilePath.fullWidth)
    var kept = Set(earlier.map { max(0, $0.size - 1) / width })
    if size % width != 0 { kept.insert(size / width) }
    return kept
  }

  /// Takes the next bundle.
  mutating func take(_ bundle: BundleCheck) throws(LedgerError) {
    let width = min(Int64(TilePath.fullWidth), signed.size - bundle.first)
    let place = bundle.first..<(bundle.first + width)
    if let problem = bundle.problem {
      isWhole = false
      report.add(.eventMissing, at: place, problem)
    }
    report.audit.tiles += 1
    if let problem = bundle.tileProblem { report.add(.tileChanged, at: place, problem) }
    while let next = earlier.last, next.size <= place.upperBound {
      earlier.removeLast()
      let count = Int(next.size - bundle.first)
      report.audit.checkpoints += 1
      if tree.root(with: bundle.leaves.prefix(max(0, count))) != next.root {
        report.add(
          .publishedDiffers, at: 0..<next.size,
          "the events do not give the root of the earlier checkpoint of size \(next.size)")
      }
    }
    if width == Int64(TilePath.fullWidth) {
      try tree.append(try believedRoot(bundle), &report)
    } else {
      try finishTree(bundle)
    }
    follow(bundle)
  }

  /// A full bundle's root that the tree most likely had.
  private mutating func believedRoot(
    _ bundle: BundleCheck
  ) throws(LedgerError) -> SHA256Digest {
    if bundle.differing.isEmpty, let root = bundle.root { return root }
    let parent = try tree.parent(of: bundle.index)
    let isTile = bundle.root == nil || bundle.tileRoot == parent && bundle.root != parent
    reportDiffering(bundle, eventsChanged: isTile || bundle.root != parent)
    return (isTile ? bundle.tileRoot : bundle.root) ?? parent ?? MerkleTree.emptyRoot
  }

  /// Of the last bundle, which has no tile above it, the signed root says which is right.
  private mutating func finishTree(_ bundle: BundleCheck) throws(LedgerError) {
    try tree.finish(bundle.leaves, &report)
    reportDiffering(bundle, eventsChanged: tree.root != signed.root)
  }

  private mutating func reportDiffering(_ bundle: BundleCheck, eventsChanged: Bool) {
    guard !bundle.differing.isEmpty else { return }
    guard eventsChanged else {
      let offsets = bundle.differing.map { bundle.first + Int64($0.offset) }
      return report.add(
        .tileChanged, at: offsets[0]..<(offsets[offsets.count - 1] + 1),
        "the tile of leaf hashes does not hold those of the events")
    }
    isWhole = false
    for (offset, actual, stored) in bundle.differing {
      report.add(
        .eventChanged, at: bundle.first + Int64(offset),
        "its bytes hash to \(actual), its tile says \(stored)")
    }
  }

  private mutating func follow(_ bundle: BundleCheck) {
    for (offset, reason) in bundle.unreadable {
      isWhole = false
      report.add(
        .eventContradicts, at: bundle.first + Int64(offset), "its bytes are no event: \(reason)")
    }
    var begun = bundle.begun[...]
    var commitments = bundle.commitments[...]
    for (offset, mark) in bundle.marks.enumerated() where mark.version > 0 {
      let position = bundle.first + Int64(offset)
      if let next = commitments.first, next.offset == offset {
        commitments.removeFirst()
        takeCommitment(next.bytes, at: position)
      }
      follow(mark, at: position, key: mark.version == 1 ? begun.popFirst() : nil)
    }
  }

  private mutating func follow(
    _ mark: BundleCheck.Mark, at position: Int64, key: SHA256Digest?
  ) {
    if mark.recordedAt < lastRecordedAt {
      report.add(
        .eventContradicts, at: position, "it was recorded before the event before it")
    }
    lastRecordedAt = max(lastRecordedAt, mark.recordedAt)
    var isSuspect = false
    if mark.commit != lastCommit {
      isSuspect = !commits.insert(mark.commit).inserted
      lastCommit = mark.commit
    }
    let follows = streams.follow(
      mark.stream, version: mark.version, position: position, key: key,
      commitment: lastCommitment?.position ?? 0)
    if isSuspect || !follows, suspects.count < Self.mostSuspects { suspects.append(position) }
  }

  private mutating func takeCommitment(_ bytes: [UInt8], at position: Int64) {
    do throws(LedgerError) {
      let event = try RecordedEvent(position: position, bytes: bytes)
      guard let says = try HeadsCommitted(event) else { return }
      lastCommitment = (position, says)
    } catch {
      report.add(.headsWrong, at: position, "\(error)")
    }
  }

  /// After the last bundle.
  mutating func finish() throws(LedgerError) {
    if signed.size % Int64(TilePath.fullWidth) == 0 { try tree.finish([], &report) }
    report.audit.checkpoints += 1
    report.streams = Int64(streams.count)
    report.commits = Int64(commits.count)
    if tree.root != signed.root {
      report.add(
        .checkpointWrong, at: 0..<signed.size,
        "the events do not give the root signed for size \(signed.size)")
    }
    guard isWhole, let (position, says) = lastCommitment else { return }
    report.headsAt = position
    if let fault = says.contradiction(of: streams.heads(before: position)) {
      report.add(.headsWrong, at: position, fault)
    }
  }
}

import ValueTypes

/// Audits a log from its static files alone, with no database and nobody to trust but its key and
/// its witnesses: every entry, tile and the signed root; that every stream and every commit is
/// whole; and that the last commitment to the heads of streams is that of the events.
public struct LogAudit: Sendable {
  private let files: LogFiles
  private let verifiers: [CheckpointVerifier]
  private let witnesses: WitnessPolicy?
  private let earlier: [String]
  private let threads: Int

  /// Bundles that are checked in one piece.
  private static let bundlesAtOnce: Int64 = 32
  /// Two names may have one number, once in many millions of runs; not in two.
  private static let tries = 3

  /// - Parameters:
  ///   - folder: as `LogExport` writes it.
  ///   - verifiers: keys that are trusted; one of them must have signed.
  ///   - witnesses: who else must have cosigned.
  ///   - earlier: signed notes that the auditor kept: the log must begin with their trees.
  public init(
    folder: String, verifiers: [CheckpointVerifier], witnesses: WitnessPolicy? = nil,
    earlier: [String] = [], threads: Int
  ) {
    files = LogFiles(path: folder)
    self.verifiers = verifiers
    self.witnesses = witnesses
    self.earlier = earlier
    self.threads = max(1, threads)
  }

  /// Whatever is wrong with the log is in the report. `progress` hears of events done and in all.
  ///
  /// Memory is some megabytes for each thread, about 200 bytes a stream and 20 a commit.
  ///
  /// Throws `file` where a file is there and cannot be read, or there is no checkpoint.
  public func run(
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> LogAuditReport {
    guard let note = try files.checkpoint() else {
      throw LedgerError.file(
        path: files.path + "/" + LogExport.checkpointName,
        reason: "there is no checkpoint, so this is no exported log")
    }
    var report = LogAuditReport(ledger: "", size: 0)
    guard let signed = open(note, "the checkpoint", &report) else { return report }
    report = LogAuditReport(ledger: signed.origin, size: signed.size)
    report.root = signed.root
    checkWitnesses(note, &report)
    let before = openEarlier(signed, &report)
    var attempt = 1
    while true {
      var walk = LogWalk(
        report: report, signed: signed, earlier: before,
        tile: { [files] path throws(LedgerError) in try files.bytes(path) })
      try await go(through: signed, before, &walk, progress)
      if walk.suspects.isEmpty { return walk.report }
      var looked = walk.report
      try look(at: walk.suspects, signed, &looked)
      if looked != walk.report || attempt == Self.tries { return looked }
      attempt += 1
    }
  }

  // MARK: The notes

  private func open(
    _ note: String, _ what: String, _ report: inout LogAuditReport
  ) -> Checkpoint? {
    var reasons: [String] = []
    for verifier in verifiers {
      do throws(LedgerError) {
        return try verifier.open(note)
      } catch {
        reasons.append("\(error)")
      }
    }
    report.add(.checkpointWrong, at: nil, "\(what): " + reasons.joined(separator: "; "))
    return nil
  }

  private func checkWitnesses(_ note: String, _ report: inout LogAuditReport) {
    guard let witnesses else { return }
    do throws(LedgerError) {
      report.witnesses = try witnesses.cosignatures(in: note).map(\.witness)
      guard report.witnesses.count < witnesses.needed else { return }
      report.add(
        .checkpointWrong, at: nil,
        "\(report.witnesses.count) of the \(witnesses.witnesses.count) witnesses have cosigned;"
          + " \(witnesses.needed) are asked for")
    } catch {
      report.add(.checkpointWrong, at: nil, "a cosignature: \(error)")
    }
  }

  private func openEarlier(
    _ signed: Checkpoint, _ report: inout LogAuditReport
  ) -> [Checkpoint] {
    var found: [Checkpoint] = []
    for (index, note) in earlier.enumerated() {
      guard let checkpoint = open(note, "earlier checkpoint \(index + 1)", &report) else {
        continue
      }
      if !Name.equal(checkpoint.origin, signed.origin) {
        report.add(
          .publishedDiffers, at: nil,
          "earlier checkpoint \(index + 1) is of \(checkpoint.origin), the log of \(signed.origin)")
      } else if checkpoint.size > signed.size {
        report.add(
          .publishedDiffers, at: signed.size..<checkpoint.size,
          "signed before, and not in this log: it was set back, or this copy is older")
      } else if checkpoint.size > 0 {
        found.append(checkpoint)
      }
    }
    return found
  }

  // MARK: The entries

  /// Bundles are checked on all threads and taken in their order.
  private func go(
    through signed: Checkpoint, _ before: [Checkpoint], _ walk: inout LogWalk,
    _ progress: @Sendable (Int64, Int64) -> Void
  ) async throws {
    let salt = UInt64.random(in: 0 ... .max)
    let kept = LogWalk.bundlesToKeep(size: signed.size, earlier: before)
    let row = TileRow(kind: .entries, width: signed.size)
    var started: [Task<[BundleCheck], any Error>] = []
    defer { for task in started { task.cancel() } }
    var next: Int64 = 0
    var done: Int64 = 0
    while done < signed.size {
      while started.count < threads, next < row.count {
        let range = next..<min(next + Self.bundlesAtOnce, row.count)
        let size = signed.size
        started.append(
          Task { [files] in try Self.check(range, files, size: size, salt: salt, kept) })
        next = range.upperBound
      }
      for bundle in try await started.removeFirst().value {
        try walk.take(bundle)
        done = min(signed.size, bundle.first + Int64(TilePath.fullWidth))
      }
      progress(done, signed.size)
    }
    try walk.finish()
  }

  private static func check(
    _ range: Range<Int64>, _ files: LogFiles, size: Int64, salt: UInt64, _ kept: Set<Int64>
  ) throws -> [BundleCheck] {
    let entries = TileRow(kind: .entries, width: size)
    let hashes = TileRow(kind: .hashes(level: 0), width: size)
    var checks: [BundleCheck] = []
    for index in range {
      try Task.checkCancellation()
      let path = try entries.tile(at: index)
      checks.append(
        BundleCheck(
          index: index, width: path.width, bundle: try files.bytes(path),
          tile: try files.bytes(try hashes.tile(at: index)), salt: salt,
          keepsLeaves: kept.contains(index)))
    }
    return checks
  }

  // MARK: Names

  /// Follows the streams and commits of some events by name.
  private func look(
    at positions: [Int64], _ signed: Checkpoint, _ report: inout LogAuditReport
  ) throws {
    let wanted = Set(positions)
    let named = try Set(positions.map { $0 / Int64(TilePath.fullWidth) }).flatMap {
      try events(of: $0, signed).filter { wanted.contains($0.position) }
    }
    var suspects = LogSuspects(named.map(\.envelope))
    for index in 0..<TileRow(kind: .entries, width: signed.size).count {
      for event in try events(of: index, signed) {
        suspects.take(event.envelope, at: event.position, &report)
      }
    }
  }

  /// What can be read of a bundle; what cannot was reported.
  private func events(of bundle: Int64, _ signed: Checkpoint) throws -> [RecordedEvent] {
    let path = try TileRow(kind: .entries, width: signed.size).tile(at: bundle)
    guard let bytes = try files.bytes(path), let entries = try? EntryBundle.parse(bytes) else {
      return []
    }
    return entries.enumerated().compactMap { offset, entry in
      try? RecordedEvent(
        position: bundle * Int64(TilePath.fullWidth) + Int64(offset), bytes: entry)
    }
  }
}

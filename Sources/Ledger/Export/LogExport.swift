/// What an export did.
public struct LogExportSummary: Codable, Sendable, Equatable {
  public let folder: String
  /// Events under the exported checkpoint.
  public let treeSize: Int64
  /// Tiles and bundles of that size; each was kept, written or repaired.
  public internal(set) var files: Int64 = 0
  public internal(set) var kept: Int64 = 0
  public internal(set) var written: Int64 = 0
  /// Files that were there with other bytes than the ledger's.
  public internal(set) var repaired: Int64 = 0
  public internal(set) var bytesWritten: Int64 = 0
}

/// Writes a ledger as the static files of C2SP tlog-tiles: `checkpoint`, `tile/…`.
///
/// It can be stopped and started again at any time: a tile never changes, and the checkpoint is
/// written last, when all it covers is on disk. Memory does not grow with the ledger.
public struct LogExport: Sendable {
  private let reader: LedgerReader
  private let verifier: CheckpointVerifier
  private let path: String
  private let comparesAll: Bool

  static let checkpointName = "checkpoint"

  /// - Parameters:
  ///   - verifier: the ledger's own key; a folder with a checkpoint of another is refused.
  ///   - comparesAll: reads and compares every file; without it, those below a checkpoint that is
  ///     in the folder already are only looked for.
  public init(
    reader: LedgerReader, verifier: CheckpointVerifier, folder: String, comparesAll: Bool = false
  ) {
    self.reader = reader
    self.verifier = verifier
    path = folder
    self.comparesAll = comparesAll
  }

  /// `progress` hears of files done and in all.
  ///
  /// Throws `notFound` for an empty ledger; `file` if the folder cannot be written, is written by
  /// another export, or holds another log; `rolledBack` and `inconsistent` if it holds a larger or
  /// another tree of this ledger.
  public func run(
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> LogExportSummary {
    guard let checkpoint = try await reader.newestCheckpoint() else {
      throw LedgerError.notFound(what: "checkpoint: the ledger is empty")
    }
    let folder = try LogFolder(path)
    let earlier = try await exported(folder, now: checkpoint.size)
    var summary = LogExportSummary(folder: path, treeSize: checkpoint.size)
    let rows = TileRow.all(of: checkpoint.size)
    let total = rows.reduce(0) { $0 + $1.count }
    for row in rows {
      for index in 0..<row.count {
        try Task.checkCancellation()
        try await put(row.tile(at: index), folder, earlier: earlier, &summary)
        summary.files += 1
        progress(summary.files, total)
      }
    }
    folder.flushNames()
    try folder.replaceDurably(Self.checkpointName, Array(checkpoint.note.utf8))
    return summary
  }

  /// The size of the checkpoint in the folder, 0 if there is none.
  private func exported(_ folder: LogFolder, now size: Int64) async throws -> Int64 {
    let bytes = try folder.read(Self.checkpointName, limit: SignedNote.maximumBytes)
    guard let bytes else { return 0 }
    let earlier: Checkpoint
    do {
      earlier = try verifier.open(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw LedgerError.file(
        path: path + "/" + Self.checkpointName,
        reason: "no checkpoint of \(verifier.name) (\(error)); choose another folder")
    }
    guard earlier.size <= size else {
      throw LedgerError.rolledBack(published: earlier.size, found: size)
    }
    guard try await reader.root(of: earlier.size) == earlier.root else {
      throw LedgerError.inconsistent(
        size: earlier.size, reason: "\(path) holds another tree of this name")
    }
    return earlier.size
  }

  private func put(
    _ tile: TilePath, _ folder: LogFolder, earlier: Int64, _ summary: inout LogExportSummary
  ) async throws {
    let length = folder.length(tile.path)
    if !comparesAll, tile.isCovered(by: earlier), let length, tile.mayHave(length: length) {
      summary.kept += 1
      return
    }
    let bytes = try await reader.tile(tile)
    if length == bytes.count,
      try folder.read(tile.path, limit: bytes.count) == bytes
    {
      summary.kept += 1
      return
    }
    try folder.write(tile.path, bytes)
    if length == nil { summary.written += 1 } else { summary.repaired += 1 }
    summary.bytesWritten += Int64(bytes.count)
  }
}

extension TilePath {
  /// Whether a whole file of this tile may be that long; a bundle's length is not known before.
  fileprivate func mayHave(length: Int) -> Bool {
    switch kind {
    case .hashes: length == 32 * width
    case .entries: length >= 2 * width
    }
  }
}

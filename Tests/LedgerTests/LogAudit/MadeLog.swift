import Foundation
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

/// A log as static files that no ledger made: its entries may say anything.
struct MadeLog {
  let folder: String
  let signer: CheckpointSigner
  private(set) var entries: [[UInt8]] = []
  private var versions: [String: Int64] = [:]
  private var microseconds: Int64 = 1_790_000_000_000_000

  init(in folder: URL, name: String = "raiz.example/made") throws {
    self.folder = folder.appending(path: "log").path
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(repeating: 5, count: 32))
    signer = try CheckpointSigner(name: name, privateKey: key)
  }

  /// Adds the next event of a stream, or one that says another version or time.
  mutating func add(
    _ stream: String, commit: String, version: Int64? = nil, later: Int64 = 1_000,
    type: String = "noted", data: String = "{}"
  ) throws {
    let moment = microseconds + later
    microseconds = max(microseconds, moment)
    versions[stream] = version ?? versions[stream, default: 0] + 1
    let time = Timestamp(microseconds: moment) ?? .ledgerEpoch
    let composer = EnvelopeComposer(
      recordedAt: time.description, recordedBy: "clerk", commit: try CommitKey(commit))
    entries.append(
      composer.compose(
        id: UUIDv7.make(at: time, random: UInt64(entries.count)), stream: try StreamName(stream),
        version: versions[stream, default: 1], type: type, schema: 1, occurredAt: time,
        data: Array(data.utf8)))
  }

  /// Adds bytes as they are.
  mutating func add(raw bytes: [UInt8]) { entries.append(bytes) }

  /// Adds a commitment to the heads of all streams, or to what `change` makes of it.
  mutating func commitHeads(_ change: (HeadsCommitted) -> HeadsCommitted = { $0 }) throws {
    var heads: [String: StreamHead] = [:]
    for (position, entry) in entries.enumerated() {
      let envelope = try EventEnvelope.parse(entry)
      heads[envelope.stream.text] = StreamHead(
        stream: envelope.stream, version: envelope.version, lastPosition: Int64(position))
    }
    let sorted = heads.values.sorted { $0.key < $1.key }
    let says = change(
      HeadsCommitted(
        size: Int64(entries.count), streams: Int64(sorted.count),
        root: HeadsMap.root(sorted: sorted)))
    try add(
      HeadsCommitted.streamText, commit: "heads-\(entries.count)", type: HeadsCommitted.type,
      data: String(decoding: says.data, as: UTF8.self))
  }

  /// The signed note over the first entries.
  func note(_ size: Int? = nil) throws -> String {
    let leaves = entries.prefix(size ?? entries.count).map { MerkleTree.leafHash($0) }
    return try signer.sign(size: Int64(leaves.count), root: MerkleTree.root(leaves: leaves))
  }

  /// Writes all files, and gives their names.
  @discardableResult
  func write(note: String? = nil) throws -> [String] {
    var names = ["checkpoint"]
    try put("checkpoint", Array((note ?? self.note()).utf8))
    var hashes = entries.map { MerkleTree.leafHash($0) }
    for row in TileRow.all(of: Int64(entries.count)) {
      for index in 0..<row.count {
        let tile = try row.tile(at: index)
        let range = Int(index) * 256..<Int(index) * 256 + tile.width
        switch row.kind {
        case .entries: try put(tile.path, EntryBundle.encode(Array(entries[range])))
        case .hashes: try put(tile.path, hashes[range].flatMap(\.bytes))
        }
        names.append(tile.path)
      }
      if case .hashes = row.kind {
        hashes = (0..<hashes.count / 256).map {
          MerkleTree.root(leaves: hashes[$0 * 256..<($0 + 1) * 256])
        }
      }
    }
    return names
  }

  private func put(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(filePath: folder).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func audit(
    earlier: [String] = [], witnesses: WitnessPolicy? = nil, threads: Int = 2
  ) async throws -> LogAuditReport {
    try await LogAudit(
      folder: folder, verifiers: [signer.verifier], witnesses: witnesses, earlier: earlier,
      threads: threads
    ).run()
  }
}

extension LogAuditReport {
  /// Kinds and first positions of what was found.
  var found: [String] {
    audit.discrepancies.map { "\($0.kind.rawValue) \($0.positions?.lowerBound ?? -1)" }
  }
}

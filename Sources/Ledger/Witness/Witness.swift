import Glibc
public import ValueTypes

/// A witness (C2SP tlog-witness v1.0.0): cosigns checkpoints of the logs it was told to watch, as
/// long as each continues the last.
public struct Witness: Sendable {
  public let cosigner: Cosigner
  /// In the order in which they were given.
  public let logs: [WitnessedLog]
  private let byOrigin: [String: WitnessedLog]
  private let now: @Sendable () -> Timestamp
  private let lock: FolderLock

  /// Opens the states in a folder; one process at a time may.
  ///
  /// - Parameter logKeys: verifier keys `name+hex+base64`; the name is the origin. An origin may
  ///   have several.
  /// - Throws: `invalidKey`, `invalidNote`, and `file` also where another witness has the folder.
  public static func open(
    folder: String, cosigner: Cosigner, logKeys: [String],
    now: @escaping @Sendable () -> Timestamp
  ) throws(LedgerError) -> Witness {
    let lock = try FolderLock(folder + "/lock")
    var origins: [String] = []
    var keys: [String: [CheckpointVerifier]] = [:]
    for text in logKeys {
      let key = try CheckpointVerifier(verifierKey: text)
      let hash = WitnessedLog.hash(of: key.name)
      if keys[hash] == nil { origins.append(key.name) }
      keys[hash, default: []].append(key)
    }
    var logs: [WitnessedLog] = []
    var byOrigin: [String: WitnessedLog] = [:]
    for origin in origins {
      let hash = WitnessedLog.hash(of: origin)
      let log = try WitnessedLog(
        origin: origin, keys: keys[hash] ?? [], cosigner: cosigner, folder: folder)
      logs.append(log)
      byOrigin[hash] = log
    }
    return Witness(
      cosigner: cosigner, logs: logs, byOrigin: byOrigin, now: now, lock: lock)
  }

  /// Answers the body of `POST …/add-checkpoint` with a signature line, newline-terminated.
  ///
  /// Throws `WitnessRefusal`; `LedgerError` where the state cannot be written.
  public func cosign(_ body: [UInt8]) async throws -> Cosignature {
    let request: AddCheckpointRequest
    let note: SignedNote
    do {
      request = try AddCheckpointRequest(parsing: body)
      note = try SignedNote(parsing: request.checkpoint)
    } catch {
      throw WitnessRefusal.malformed(reason: "\(error)")
    }
    let origin = WitnessDecision.origin(of: note)
    guard let log = byOrigin[WitnessedLog.hash(of: origin)] else {
      throw WitnessRefusal.unknownOrigin
    }
    // Floored: a cosignature is never from the future.
    return try await log.cosign(request, note: note, time: now().microseconds / 1_000_000)
  }

  /// The note last cosigned for an origin, named by its SHA-256 in lower-case hexadecimal; nil for
  /// an unknown origin, or where nothing was cosigned.
  public func checkpoint(originHash: String) async -> String? {
    await byOrigin[originHash]?.state?.note
  }
}

/// Keeps a second process out of a folder for as long as the first one lives.
private final class FolderLock: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws(LedgerError) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .file(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .file(path: path, reason: "another witness works in this folder; give it its own")
    }
  }

  deinit { close(descriptor) }
}

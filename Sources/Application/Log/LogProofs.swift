public import Ledger
public import ValueTypes

/// That an event is in the tree of a size (RFC 6962 section 2.1.1).
public struct InclusionAnswer: Codable, Sendable, Equatable {
  public let index: Int64
  public let treeSize: Int64
  public let root: SHA256Digest
  public let leafHash: SHA256Digest
  /// The leaf's sibling first.
  public let proof: [SHA256Digest]
}

/// That the tree of one size begins with the tree of another (RFC 6962 section 2.1.2).
public struct ConsistencyAnswer: Codable, Sendable, Equatable {
  public let from: Int64
  public let to: Int64
  public let fromRoot: SHA256Digest
  public let toRoot: SHA256Digest
  public let proof: [SHA256Digest]
}

/// What is given out of the log: only ever what the newest checkpoint covers.
extension Raiz {
  /// - Throws: `ProofRequestError`.
  public func inclusion(of index: Int64, size asked: Int64?) async throws -> InclusionAnswer {
    let size = try await coveredSize(asked)
    guard (0..<size).contains(index) else {
      throw ProofRequestError.indexOutside(index: index, size: size)
    }
    return InclusionAnswer(
      index: index, treeSize: size, root: try await reader.root(of: size),
      leafHash: try await reader.leafHash(of: index),
      proof: try await reader.inclusionProof(of: index, treeSize: size))
  }

  /// - Throws: `ProofRequestError`.
  public func consistency(from: Int64, to asked: Int64?) async throws -> ConsistencyAnswer {
    let to = try await coveredSize(asked)
    guard from > 0, from <= to else {
      throw ProofRequestError.sizesOutOfOrder(from: from, to: to)
    }
    return ConsistencyAnswer(
      from: from, to: to, fromRoot: try await reader.root(of: from),
      toRoot: try await reader.root(of: to),
      proof: try await reader.consistencyProof(from: from, to: to))
  }

  /// An event's proof with the checkpoint that signs it: the newest, or the one of `size` events.
  ///
  /// - Throws: `ProofRequestError`.
  public func transparencyProof(
    of index: Int64, size: Int64? = nil
  ) async throws -> TransparencyProof {
    var checkpoint = try await newest()
    if let size, size != checkpoint.size {
      guard let other = try await reader.checkpoint(ofSize: size) else {
        throw ProofRequestError.noCheckpoint(size: size)
      }
      checkpoint = other
    }
    guard (0..<checkpoint.size).contains(index) else {
      throw ProofRequestError.indexOutside(index: index, size: checkpoint.size)
    }
    return try TransparencyProof(
      index: index,
      hashes: try await reader.inclusionProof(of: index, treeSize: checkpoint.size),
      checkpoint: checkpoint.note)
  }

  /// The exact bytes of an event, as they are hashed.
  ///
  /// - Throws: `ProofRequestError`.
  public func entry(at index: Int64) async throws -> [UInt8] {
    let size = try await newest().size
    guard (0..<size).contains(index) else {
      throw ProofRequestError.indexOutside(index: index, size: size)
    }
    guard let event = try await reader.events(from: index, limit: 1).first,
      event.position == index
    else { throw LedgerError.gap(expected: index, found: size) }
    return event.bytes
  }

  /// The bytes of a tile or an entry bundle.
  ///
  /// - Throws: `ProofRequestError.beyondCheckpoint`, `.emptyLedger`.
  public func tile(_ path: TilePath) async throws -> [UInt8] {
    let size = try await newest().size
    guard path.isCovered(by: size) else {
      throw ProofRequestError.beyondCheckpoint(what: path.path, size: size)
    }
    return try await reader.tile(path)
  }

  /// Writes the log as static files; see `LogExport`.
  ///
  /// - Throws: `ApplicationError.cannotWrite`, and what `LogExport` throws.
  public func exportLog(
    to folder: String, comparesAll: Bool = false,
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> LogExportSummary {
    do {
      return try await LogExport(
        reader: reader, verifier: signer.verifier, folder: folder, comparesAll: comparesAll
      ).run(progress: progress)
    } catch LedgerError.file(let path, let reason) {
      throw ApplicationError.cannotWrite(path, reason: reason)
    }
  }

  private func newest() async throws -> StoredCheckpoint {
    guard let checkpoint = try await reader.newestCheckpoint() else {
      throw ProofRequestError.emptyLedger
    }
    return checkpoint
  }

  /// The size asked for, if the newest checkpoint covers it; its own size by default.
  private func coveredSize(_ asked: Int64?) async throws -> Int64 {
    let size = try await newest().size
    guard let asked else { return size }
    guard asked <= size else {
      throw ProofRequestError.beyondCheckpoint(what: "\(asked)", size: size)
    }
    return asked
  }
}

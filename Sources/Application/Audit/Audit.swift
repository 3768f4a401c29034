import Foundation
public import Ledger
public import ReadModels

/// What an audit found, of the ledger and of the read models.
public struct FullAudit: Sendable, Codable {
  public let ledger: AuditReport
  public let readModels: ProjectionAudit.Report

  public var isSound: Bool { ledger.isSound && readModels.isSound }
}

extension Raiz {
  /// Recomputes every hash, the root, every checkpoint and every projection, and compares.
  ///
  /// - Parameters:
  ///   - allHeads: every commitment to the heads of streams, not just the last one.
  ///   - progress: how many events are hashed, and of how many.
  ///   - modelProgress: how many are folded for the projections, and of how many.
  public func audit(
    allHeads: Bool = false, progress: @Sendable (Int64, Int64) -> Void = { _, _ in },
    modelProgress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> FullAudit {
    let ledger = try await LedgerAudit.run(
      reader: reader, verifier: signer.verifier, published: published,
      allHeads: allHeads, progress: progress)
    // Read models are held against a log that is itself sound; a log that cannot be read is
    // reported as the discrepancy it is.
    var models = ProjectionAudit.Report()
    do {
      try await projector.catchUp()
      models = try await ProjectionAudit(pool: pool, reader: reader, policy: policy)
        .run(progress: modelProgress)
    } catch  where !ledger.isSound {
      models.note(ProjectionAudit.Difference(subject: "log", detail: "\(error)"))
    }
    return FullAudit(ledger: ledger, readModels: models)
  }
}

import Land
public import Ledger
public import Traceability
public import ValueTypes

extension Raiz {
  /// SHA-256 of a document, for evidence that stays with its owner.
  ///
  /// - Throws: what reading throws.
  public func digest(ofFile path: String) throws -> SHA256Digest { try FileDigest.sha256(path) }

  /// Records a review. Nobody reviews a finding that he raised himself.
  public func review(
    _ review: FindingReviewed, recordedBy: String
  ) async throws -> CommitReceipt {
    let stream = try StreamName(StreamKey.finding(review.finding).description)
    let raiser = try await reader.events(ofStreams: [stream]).first?.envelope.recordedBy ?? ""
    return try await record(
      .reviewFinding(review, raisedBy: raiser), occurredAt: now(), key: nil,
      recordedBy: recordedBy)
  }
}

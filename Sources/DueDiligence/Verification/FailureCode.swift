import Traceability

/// What can be wrong with a bundle. Raw values are stable.
public enum FailureCode: String, Sendable, Hashable, Codable, CaseIterable {
  // The file
  case fileDamaged = "file-damaged"
  // The signature
  case keyInvalid = "key-invalid"
  case signature
  case keyDiffers = "key-differs"
  case checkpointDiffers = "checkpoint-differs"
  // Witnesses
  case cosignature
  case cosignaturesTooFew = "cosignatures-too-few"
  // Leaves and tree
  case eventTooLarge = "event-too-large"
  case leafHash = "leaf-hash"
  case positionOrder = "position-order"
  case nodeOrder = "node-order"
  case root
  // Envelopes and streams
  case envelope
  case eventUnknown = "event-unknown"
  case version
  case streamAmbiguous = "stream-ambiguous"
  case timeDecreases = "time-decreases"
  case streamMissing = "stream-missing"
  case streamNotNeeded = "stream-not-needed"
  // Heads
  case headsEvent = "heads-event"
  case headsProof = "heads-proof"
  case headsDiffer = "heads-differ"
  // Custody
  case founding
  case foreignEvent = "foreign-event"
  case findingCopy = "finding-copy"
  case cause
  case holder
  case product
  case mass
  case chain
  case draw
  case figure
  case harvestNotCounted = "harvest-not-counted"
  case tankDraw = "tank-draw"
  case tankWindow = "tank-window"
  // Land
  case geometryMissing = "geometry-missing"
  case geometryDigest = "geometry-digest"
  case geometryInvalid = "geometry-invalid"
  case geometryFigures = "geometry-figures"
  case attachmentDigest = "attachment-digest"
  case attachmentNotNeeded = "attachment-not-needed"
  // Policy and verdict
  case policyMissing = "policy-missing"
  case policyDigest = "policy-digest"
  case policyText = "policy-text"
  case policyDiffers = "policy-differs"
  case subjectUnknown = "subject-unknown"
  case verdict
}

/// A failure without its place: the code, and the figures that its wording names.
struct Fault: Sendable, Hashable {
  let code: FailureCode
  let figures: [String: String]

  init(_ code: FailureCode, _ figures: [String: String] = [:]) {
    self.code = code
    self.figures = figures
  }

  func failure(at position: Int64? = nil, stream: String? = nil) -> VerificationFailure {
    let pair = FailureWording.template(code)
    let place = LocalText(
      es: [position.map { "posición \($0)" }, stream].compactMap { $0 }.joined(separator: ", "),
      en: [position.map { "position \($0)" }, stream].compactMap { $0 }.joined(separator: ", "))
    func whole(_ template: String, _ place: String) -> String {
      (place.isEmpty ? "" : place + ": ") + FailureWording.fill(template, figures)
    }
    return VerificationFailure(
      code: code, position: position, stream: stream,
      detail: LocalText(es: whole(pair.es, place.es), en: whole(pair.en, place.en)))
  }
}

import ValueTypes

/// An HTTP answer to `add-checkpoint`.
public struct WitnessReply: Sendable, Hashable {
  public static let sizeType = "text/x.tlog.size"

  public let status: Int
  public let contentType: String
  public let body: String

  public init(status: Int, contentType: String, body: String) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}

/// How asking a witness ended.
public enum WitnessOutcome: Sendable, Hashable {
  case cosigned(Cosignature)
  /// The witness cosigned a larger tree: another server was faster, or this ledger was set back.
  case ahead(known: Int64)
  /// The witness cosigned another tree of this very size, or one that this does not continue.
  case contradicted(reason: String)
  /// Any other answer.
  case refused(status: Int, reason: String)
  /// No answer in time.
  case unreachable(reason: String)
}

/// The ledger's side of asking one witness about one checkpoint: what to send, from what came.
public struct WitnessDialogue: Sendable {
  public enum Step: Sendable, Hashable {
    /// Send the consistency proof from this size.
    case ask(from: Int64)
    case done(WitnessOutcome)
  }

  /// A cosignature made just now says a time this close to ours, in seconds.
  static let clockTolerance: Int64 = 600
  private static let mostAsks = 4

  private let checkpoint: StoredCheckpoint
  private let verifier: CosignatureVerifier
  private var asked: Int64
  private var asks = 1

  /// - Parameter known: the size that the witness is believed to know; 0 if nothing is.
  public init(checkpoint: StoredCheckpoint, verifier: CosignatureVerifier, known: Int64) {
    self.checkpoint = checkpoint
    self.verifier = verifier
    asked = min(known, checkpoint.size)
  }

  public var first: Int64 { asked }

  /// - Parameter now: seconds since 1970-01-01T00:00:00Z.
  public mutating func next(after reply: WitnessReply, now: Int64) -> Step {
    switch reply.status {
    case 200: .done(cosigned(reply.body, now: now))
    case 409: conflict(reply)
    case 422: .done(.contradicted(reason: Self.brief(reply.body)))
    default: .done(.refused(status: reply.status, reason: Self.brief(reply.body)))
    }
  }

  private func cosigned(_ lines: String, now: Int64) -> WitnessOutcome {
    do {
      guard let found = try verifier.cosignature(in: checkpoint.ownNote + lines) else {
        return .refused(status: 200, reason: "no cosignature by \(verifier.name) in the answer")
      }
      guard abs(found.time - now) <= Self.clockTolerance else {
        return .refused(
          status: 200, reason: "its clock says \(found.moment?.description ?? "\(found.time)")")
      }
      return .cosigned(found)
    } catch {
      return .refused(status: 200, reason: "\(error)")
    }
  }

  private mutating func conflict(_ reply: WitnessReply) -> Step {
    let text = reply.body.hasSuffix("\n") ? String(reply.body.dropLast()) : reply.body
    guard let known = Int64(text), known >= 0, text == "\(known)" else {
      return .done(.refused(status: 409, reason: Self.brief(reply.body)))
    }
    guard known <= checkpoint.size else { return .done(.ahead(known: known)) }
    guard known != asked else {
      return .done(.contradicted(reason: "another tree of \(known) events was cosigned"))
    }
    guard asks < Self.mostAsks else {
      return .done(.refused(status: 409, reason: "its size kept changing"))
    }
    asks += 1
    asked = known
    return .ask(from: known)
  }

  /// What a stranger wrote, fit for one line of a log.
  private static func brief(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(200).map {
          $0.properties.generalCategory == .control ? " " : $0
        }))
  }
}

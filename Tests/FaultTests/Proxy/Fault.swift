import Foundation

/// Where in an append a fault strikes.
enum FaultStep: String, CaseIterable, Sendable {
  /// Nothing of the append has reached the database.
  case beforeFirst = "before"
  /// Some of its messages have, the last of them by half.
  case partway
  /// Everything has, the commit too; no answer was seen.
  case allForwarded = "all-forwarded"
  /// The database has answered that it is committed; raiz has not heard it.
  case answerHeld = "answer-held"
  /// Raiz has heard it; its client perhaps not.
  case answerPassed = "answer-passed"
  /// As `beforeFirst`, of an append by COPY.
  case copyBefore = "copy-before"
  /// The head is moved; half of the rows have reached the database.
  case copyStream = "copy-stream"
  /// All rows have, and CopyDone; nothing that follows them.
  case copyDone = "copy-done"
  /// COMMIT has; no answer to it was seen.
  case copyCommit = "copy-commit"
  /// The database has answered that it is committed; raiz has not heard it.
  case copyCommitted = "copy-committed"

  static let copies = allCases.filter(\.isCopy)
  static let statements = allCases.filter { !$0.isCopy }

  /// Whether it is a step of the road that large batches take.
  var isCopy: Bool {
    switch self {
    case .copyBefore, .copyStream, .copyDone, .copyCommit, .copyCommitted: true
    case .beforeFirst, .partway, .allForwarded, .answerHeld, .answerPassed: false
    }
  }
}

/// What happens there.
enum FaultAction: String, CaseIterable, Sendable {
  case cut
  case refuse
  case stall
  /// SIGKILL for the process that appends.
  case killRaiz = "kill-raiz"
  case killBackend = "kill-backend"
  /// SIGKILL for the database's main process.
  case killDatabase = "kill-database"
  /// Immediate stop: every process of the database ends where it stands.
  case quitDatabase = "quit-database"
  /// Stops raiz (SIGSTOP) and holds everything on the connection until `Proxy.release`.
  case pauseRaiz = "pause-raiz"

  /// Those after which everything goes on by itself, or after a start.
  static let passing = allCases.filter { $0 != .pauseRaiz }

  var endsDatabase: Bool { self == .killDatabase || self == .quitDatabase }
}

/// A fault, and which database it may end.
struct Fault: Sendable, Equatable {
  var step: FaultStep
  var action: FaultAction
  /// At `partway`: how many messages after the append's first are passed on whole.
  var messages = 0
  /// At `stall` and `refuse`.
  var milliseconds = 0
  var postmaster: pid_t = 0

  var name: String { "\(step.rawValue)/\(action.rawValue)" }
}

import Application
import ArgumentParser
import DueDiligence
import Ledger
import PostgreSQL
import PrivateCluster
import SampleData
import Traceability

/// Turns every error into what a person can act on, and an exit code.
enum Failures {
  struct Described: Encodable {
    let code: String
    let message: String
  }

  private struct Document: Encodable {
    let error: Described
  }

  /// Runs the body; an error is printed once, without a stack trace, and becomes an exit code.
  static func reported<Value>(
    _ shared: SharedOptions, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let exit as ExitCode {
      throw exit
    } catch let error as ValidationError {
      throw error
    } catch {
      let (described, exit) = describe(error, shared.language)
      if shared.json {
        try Terminal.json(Document(error: described))
      } else {
        Terminal.note("raiz: \(described.message) [\(described.code)]")
      }
      throw exit
    }
  }

  static func describe(_ error: any Error, _ language: Language) -> (Described, ExitCode) {
    switch error {
    case let error as Refusal:
      (
        Described(code: error.code.rawValue, message: Wording.text(of: error, in: language)),
        .refused
      )
    case let error as StatementError:
      (Described(code: error.code, message: error.message(in: language)), .refused)
    case let error as InvalidValue:
      (Described(code: "invalid-value", message: error.description), .usage)
    case let error as ApplicationError: application(error, language)
    case let error as ProofRequestError:
      (Described(code: error.code, message: error.message(in: language)), .refused)
    case let error as LedgerError:
      (Described(code: error.code, message: error.description), .software)
    case let error as ClusterError:
      (Described(code: error.code.rawValue, message: error.description), .unavailable)
    case let error as PostgresError:
      (
        Described(code: error.code.rawValue, message: error.description),
        error.isConnectionLoss ? .unavailable : .software
      )
    case let error as SampleError:
      (Described(code: error.code, message: error.description), .usage)
    case let error as Interruptible.Interrupted:
      (Described(code: "interrupted", message: error.message), .interrupted)
    case is CancellationError:
      (Described(code: "cancelled", message: "interrupted"), .software)
    default: (Described(code: "error", message: "\(error)"), .software)
    }
  }

  private static func application(
    _ error: ApplicationError, _ language: Language
  ) -> (Described, ExitCode) {
    let described = Described(code: error.code, message: error.message(in: language))
    switch error {
    case .cannotWrite: return (described, .cannotCreate)
    case .notFound, .cannotRead, .fileChanged, .unsupported, .geometryMissing, .catalogueWrong,
      .datasetInUse:
      return (described, .refused)
    case .invalidSetting: return (described, .usage)
    case .headsBusy: return (described, .unavailable)
    case .busy, .datasetMissing, .erasureIncomplete, .pictureFailed: return (described, .software)
    }
  }
}

extension ExitCode {
  static let found = ExitCode(1)
  static let refused = ExitCode(2)
  static let usage = ExitCode(64)
  static let unavailable = ExitCode(69)
  static let software = ExitCode(70)
  static let cannotCreate = ExitCode(73)
  /// As shells have it: 128 and the signal's number (SIGINT).
  static let interrupted = ExitCode(130)
}

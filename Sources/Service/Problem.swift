import Application
import DueDiligence
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import PostgreSQL
import Traceability

/// What went wrong, as RFC 9457 has it: `application/problem+json`.
struct Problem: Error {
  struct Field: Encodable {
    let field: String
    let detail: String
  }

  private struct Body: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let figures: [String: String]?
    let errors: [Field]?
  }

  let status: HTTPResponse.Status
  let code: String
  let detail: String
  var figures: [String: String]?
  var fields: [Field]?
  var headers: HTTPFields = [:]

  init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
    self.status = status
    self.code = code
    self.detail = detail
  }

  func response() throws -> Response {
    var response = try Response.json(
      Body(
        type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail,
        code: code, figures: figures, errors: fields), status: status,
      type: "application/problem+json")
    for header in headers { response.headers[header.name] = header.value }
    return response
  }

  /// What any error means to a caller. Details of the database stay here.
  static func of(_ error: any Error, in language: Language) -> Problem {
    switch error {
    case let problem as Problem: return problem
    case let error as Refusal: return of(error, in: language)
    case let error as InvalidValue:
      return Problem(.badRequest, "invalid-value", error.description)
    case let error as StatementError:
      if case .refused(let refusal, _) = error { return of(refusal, in: language) }
      return Problem(.unprocessableContent, error.code, error.message(in: language))
    case let error as ApplicationError:
      let status: HTTPResponse.Status =
        switch error {
        case .notFound: .notFound
        case .busy: .conflict
        case .headsBusy: .serviceUnavailable
        case .unsupported, .invalidSetting: .badRequest
        default: .internalServerError
        }
      return Problem(status, error.code, error.message(in: language))
    case let error as ProofRequestError:
      return Problem(
        error.isNotThere ? .notFound : .badRequest, error.code, error.message(in: language))
    case let error as LedgerError:
      return Problem(ledgerStatus(error), error.code, error.description)
    case is PostgresError:
      let es = language == .spanish
      return Problem(
        .serviceUnavailable, "database-unavailable",
        es
          ? "La base de datos no responde; vuelva a intentarlo con la misma Idempotency-Key."
          : "The database does not answer; try again with the same Idempotency-Key.")
    case let error as HTTPError:
      return Problem(error.status, "http-\(error.status.code)", error.body ?? "\(error.status)")
    default: return Problem(.internalServerError, "internal", "internal error / error interno")
    }
  }

  private static func of(_ refusal: Refusal, in language: Language) -> Problem {
    var problem = Problem(
      .conflict, refusal.code.rawValue, Wording.text(of: refusal, in: language))
    problem.figures = refusal.figures
    return problem
  }

  private static func ledgerStatus(_ error: LedgerError) -> HTTPResponse.Status {
    switch error {
    case .conflict, .keyReused: .conflict
    case .eventTooLarge, .commitTooLarge, .commitBytesTooLarge, .attachmentTooLarge:
      .contentTooLarge
    case .malformed: .unprocessableContent
    case .queueFull, .contended: .serviceUnavailable
    default: .internalServerError
    }
  }
}

/// Turns errors into problems.
struct ProblemResponses: RouterMiddleware {
  typealias Context = BasicRequestContext

  @concurrent func handle(
    _ request: Request, context: BasicRequestContext,
    next: @concurrent (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let problem = Problem.of(error, in: request.language)
      if problem.status.code >= 500 {
        // Operators see all of it; callers a code.
        context.logger.error("\(request.uri.path): \(String(reflecting: error))")
      }
      let response = try problem.response()
      return request.method == .head ? response.createHeadResponse() : response
    }
  }
}

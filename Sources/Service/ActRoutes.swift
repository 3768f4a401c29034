import Application
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Traceability

/// Records custody acts.
struct ActRoutes {
  let raiz: Raiz
  let writeToken: String

  /// Bytes of one act's JSON.
  static let bodyLimit = 1_048_576

  func add(to router: Router<BasicRequestContext>) {
    router.post("/api/acts") { [raiz, writeToken] request, _ in
      try Authorization.check(request, token: writeToken)
      let act = try await Self.read(request)
      let (command, occurredAt) = try act.command(in: request.language)
      let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
      do {
        let receipt = try await raiz.record(
          command, occurredAt: occurredAt, key: key.map { "http:" + $0 }, recordedBy: "http")
        let answer = ActAnswer(
          receipt: receipt, seasons: try await raiz.seasons(after: command))
        return try Response.json(answer, status: receipt.duplicate ? .ok : .created)
      } catch let refusal as Refusal where refusal.code == .alreadyRecorded {
        return try Response.json(
          AlreadyRecorded(code: refusal.code.rawValue, subject: refusal.subject))
      }
    }
  }

  /// The receipt's fields; of a harvest or purchase besides what is left of the plots' seasons.
  private struct ActAnswer: Encodable {
    let receipt: CommitReceipt
    let seasons: [SeasonView]

    private enum Key: String, CodingKey { case seasons }

    func encode(to encoder: any Encoder) throws {
      try receipt.encode(to: encoder)
      guard !seasons.isEmpty else { return }
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(seasons, forKey: .seasons)
    }
  }

  private struct AlreadyRecorded: Encodable {
    let code: String
    let subject: StreamKey
  }

  private static func read(_ request: Request) async throws -> ActRequest {
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: bodyLimit)
    } catch {
      throw Problem(.contentTooLarge, "body-too-large", "at most \(bodyLimit) bytes")
    }
    do {
      return try JSONDecoder().decode(ActRequest.self, from: Data(buffer.readableBytesView))
    } catch let error as DecodingError {
      throw Self.problem(error)
    } catch let error as InvalidValue {
      throw Problem(.unprocessableContent, "invalid-value", error.description)
    }
  }

  static func problem(_ error: DecodingError) -> Problem {
    let (context, text): (DecodingError.Context, String) =
      switch error {
      case .typeMismatch(let type, let context): (context, "must be \(type)")
      case .valueNotFound(_, let context): (context, "is missing")
      case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "is wrong")
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    var problem = Problem(.unprocessableContent, "bad-json", "\(path) \(text)")
    problem.fields = [Problem.Field(field: path, detail: text)]
    return problem
  }
}

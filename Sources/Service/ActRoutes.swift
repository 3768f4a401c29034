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
      let act: ActRequest = try await request.json(upTo: Self.bodyLimit)
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
}

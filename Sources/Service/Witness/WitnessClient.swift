public import Application
import AsyncHTTPClient
import Foundation
public import Ledger
import NIOCore
import NIOHTTP1
import ValueTypes

/// Asks witnesses for cosignatures (C2SP tlog-witness v1.0.0) over kept connections.
public struct WitnessClient: Sendable {
  /// What a whole dialogue with one witness may take.
  public static let defaultLimit = Duration.seconds(2)
  private static let mostAnswerBytes = 65_536

  private let raiz: Raiz
  private let http: HTTPClient
  private let limit: Duration

  /// Opens a client for as long as `body` runs.
  public static func with<Result>(
    _ raiz: Raiz, limit: Duration = defaultLimit,
    _ body: (WitnessClient) async throws -> Result
  ) async throws -> Result {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.connectionPool.idleTimeout = .seconds(60)
    let http = HTTPClient(configuration: configuration)
    let result: Result
    do {
      result = try await body(WitnessClient(raiz: raiz, http: http, limit: limit))
    } catch {
      try? await http.shutdown()
      throw error
    }
    try await http.shutdown()
    return result
  }

  /// Asks one witness about a checkpoint and keeps its cosignature; returns within the limit.
  ///
  /// - Parameter known: the size that the witness is believed to know.
  /// - Throws: what the database throws.
  public func ask(
    _ address: WitnessAddress, about checkpoint: StoredCheckpoint, known: Int64 = 0
  ) async throws -> WitnessOutcome {
    let outcome = try await dialogue(address, checkpoint, known)
    if case .cosigned(let cosignature) = outcome {
      try await raiz.keep(cosignature, over: checkpoint)
    }
    return outcome
  }

  private func dialogue(
    _ address: WitnessAddress, _ checkpoint: StoredCheckpoint, _ known: Int64
  ) async throws -> WitnessOutcome {
    var dialogue = WitnessDialogue(
      checkpoint: checkpoint, verifier: address.verifier, known: known)
    var from = dialogue.first
    let deadline = ContinuousClock.now + limit
    while true {
      let proof = try await raiz.consistency(from: from, to: checkpoint.size)
      let request = AddCheckpointRequest(
        oldSize: from, proof: proof, checkpoint: checkpoint.note)
      let reply: WitnessReply
      do {
        reply = try await Self.before(deadline) { try await send(request, to: address.url) }
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        return .unreachable(reason: Self.brief(error, limit))
      }
      let now = raiz.now().microseconds / 1_000_000
      switch dialogue.next(after: reply, now: now) {
      case .done(let outcome): return outcome
      case .ask(let next): from = next
      }
    }
  }

  private func send(_ body: AddCheckpointRequest, to url: String) async throws -> WitnessReply {
    var request = HTTPClientRequest(url: url + "/add-checkpoint")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
    request.body = .bytes(ByteBuffer(string: body.text))
    let response = try await http.execute(request, timeout: .seconds(60))
    let bytes = try await response.body.collect(upTo: Self.mostAnswerBytes)
    return WitnessReply(
      status: Int(response.status.code),
      contentType: response.headers.first(name: "Content-Type") ?? "",
      body: String(buffer: bytes))
  }

  private struct TooLate: Error {}

  /// The body's result, or `TooLate`; the body is cancelled then.
  private static func before<Value: Sendable>(
    _ deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(until: deadline, clock: .continuous)
        throw TooLate()
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else { throw TooLate() }
      return value
    }
  }

  private static func brief(_ error: any Error, _ limit: Duration) -> String {
    if error is TooLate { return "no answer within \(limit)" }
    return String("\(error)".prefix(200))
  }
}

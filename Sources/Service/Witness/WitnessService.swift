import Foundation
import HTTPTypes
import Hummingbird
public import Ledger
import Logging
import NIOCore
import UnixSignals
import ValueTypes

/// A witness over HTTP: `add-checkpoint` (C2SP tlog-witness v1.0.0), the checkpoints last cosigned,
/// and what it knows of each origin. It needs no database.
public struct WitnessService: Sendable {
  let witness: Witness
  let host: String
  let port: Int

  public init(witness: Witness, host: String, port: Int) {
    self.witness = witness
    self.host = host
    self.port = port
  }

  /// Serves until the process is asked to stop (SIGINT, SIGTERM).
  ///
  /// - Throws: `ServiceError.portInUse`.
  public func run() async throws {
    var logger = Logger(label: "raiz-witness")
    logger.logLevel = .notice
    let address = "http://\(host):\(port)"
    let application = Hummingbird.Application(
      router: router(),
      configuration: .init(address: .hostname(host, port: port), serverName: "raiz-witness"),
      onServerRunning: { _ in RaizService.tell("raiz witness: \(address)") }, logger: logger)
    do {
      try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    } catch {
      throw ServiceError.of(error, host: host, port: port)
    }
  }

  private struct Document: Encodable {
    struct Log: Encodable {
      let origin: String
      let originHash: String
      /// Absent where nothing was cosigned.
      let size: Int64?
      let root: SHA256Digest?
    }

    let name: String
    let verifierKey: String
    let logs: [Log]
  }

  func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.get("/health") { _, _ in Response.text("ok\n") }
    router.get("/") { [witness] _, _ in
      var logs: [Document.Log] = []
      for log in witness.logs {
        let tree = await log.state?.tree
        logs.append(
          Document.Log(
            origin: log.origin, originHash: log.originHash, size: tree?.size, root: tree?.root))
      }
      return try Response.json(
        Document(
          name: witness.cosigner.name, verifierKey: witness.cosigner.verifierKey, logs: logs))
    }
    router.get("/:hash/checkpoint") { [witness] _, context in
      guard let note = await witness.checkpoint(originHash: try context.code("hash")) else {
        return Response.text("nothing was cosigned under this hash\n", status: .notFound)
      }
      return Response.text(note)
    }
    router.post("/add-checkpoint") { request, context in try await add(request, context) }
    return router
  }

  private func add(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: AddCheckpointRequest.maximumBytes)
    } catch {
      return Response.text(
        "at most \(AddCheckpointRequest.maximumBytes) bytes\n", status: .contentTooLarge)
    }
    do {
      return Response.text(try await witness.cosign(Array(buffer.readableBytesView)).line)
    } catch let refusal as WitnessRefusal {
      if case .splitView = refusal { context.logger.critical("\(refusal.reason)") }
      let status = HTTPResponse.Status(code: refusal.status)
      guard let known = refusal.knownSize else {
        return Response.text(refusal.reason + "\n", status: status)
      }
      return Response.bytes(
        Array("\(known)\n".utf8), type: WitnessReply.sizeType, status: status)
    } catch {
      context.logger.error("the state cannot be kept: \(error)")
      return Response.text("the state cannot be kept\n", status: .internalServerError)
    }
  }
}

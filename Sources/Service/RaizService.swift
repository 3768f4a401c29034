public import Application
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// The HTTP interface and the web pages over one ledger.
public struct RaizService: Sendable {
  let raiz: Raiz
  let host: String
  let port: Int
  let writeToken: String

  /// - Parameter writeToken: what `Authorization: Bearer` must hold on every write.
  public init(raiz: Raiz, host: String, port: Int, writeToken: String) {
    self.raiz = raiz
    self.host = host
    self.port = port
    self.writeToken = writeToken
  }

  /// Serves until the process is asked to stop (SIGINT, SIGTERM), keeping the read models level.
  ///
  /// - Throws: `ServiceError.portInUse`, and what the ledger throws.
  public func run() async throws {
    var logger = Logger(label: "raiz")
    logger.logLevel = .notice
    let address = "http://\(host):\(port)"
    let pages = try Pages()
    var application = Hummingbird.Application(
      router: router(pages),
      configuration: .init(
        address: .hostname(host, port: port), serverName: "raiz"),
      onServerRunning: { _ in Self.tell("raiz: \(address)") }, logger: logger)
    application.addServices(FollowerService(raiz: raiz))
    do {
      try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    } catch {
      if "\(error)".contains("Address already in use") || "\(error)".contains("errno: 98") {
        throw ServiceError.portInUse(host: host, port: port)
      }
      throw error
    }
  }

  /// Written at once, whether or not anybody's terminal is there.
  fileprivate static func tell(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  func router(_ pages: Pages) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ProblemResponses())
    router.get("/health") { _, _ in Response.text("ok\n") }
    LedgerRoutes(raiz: raiz).add(to: router)
    SubjectRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    ActRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    ProducerRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    PageRoutes(raiz: raiz, pages: pages).add(to: router)
    return router
  }
}

/// Keeps the read models level while the service runs.
private struct FollowerService: Service {
  let raiz: Raiz

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await raiz.follow()
        } catch is CancellationError {
          return
        } catch {
          // The database may be restarting; verdicts are derived from the log meanwhile.
          RaizService.tell("raiz: read models wait: \(error)")
          try? await Task.sleep(for: .seconds(2))
        }
      }
    }
  }
}

/// Why the service did not start.
public enum ServiceError: Error, Sendable, CustomStringConvertible {
  case portInUse(host: String, port: Int)

  public var code: String { "port-in-use" }

  public var description: String {
    switch self {
    case .portInUse(let host, let port):
      "\(host):\(port) is taken / ocupado: --port con otro número, o cierre el otro programa"
    }
  }
}

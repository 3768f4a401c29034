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
  let witnesses: [WitnessAddress]
  let headsPause: Duration
  let detectPause: Duration?

  /// - Parameters:
  ///   - writeToken: what `Authorization: Bearer` must hold on every write.
  ///   - witnesses: who is asked to cosign new checkpoints.
  ///   - headsPause: how long events may wait until the ledger commits to the heads of its streams.
  ///   - detectPause: between two looks over the whole ledger; nil for none.
  public init(
    raiz: Raiz, host: String, port: Int, writeToken: String, witnesses: [WitnessAddress] = [],
    headsPause: Duration = .seconds(60), detectPause: Duration? = nil
  ) {
    self.raiz = raiz
    self.host = host
    self.port = port
    self.writeToken = writeToken
    self.witnesses = witnesses
    self.headsPause = headsPause
    self.detectPause = detectPause
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
    application.addServices(
      FollowerService(raiz: raiz), HeadsService(raiz: raiz, pause: headsPause),
      CosignatureCollector(raiz: raiz, witnesses: witnesses, tell: Self.tell))
    if let detectPause {
      application.addServices(DetectService(raiz: raiz, pause: detectPause))
    }
    do {
      try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    } catch {
      throw ServiceError.of(error, host: host, port: port)
    }
  }

  /// Written at once, whether or not anybody's terminal is there.
  static func tell(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  func router(_ pages: Pages) -> Router<BasicRequestContext> {
    let router = Router(
      context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ProblemResponses())
    router.get("/health") { _, _ in Response.text("ok\n") }
    LedgerRoutes(raiz: raiz).add(to: router)
    LogRoutes(raiz: raiz).add(to: router)
    SubjectRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    ProvenanceRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    ActRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    FindingRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    ProducerRoutes(raiz: raiz, writeToken: writeToken).add(to: router)
    PictureRoutes(raiz: raiz).add(to: router)
    BalanceRoutes(raiz: raiz).add(to: router)
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

/// Lets the ledger commit to the heads of its streams now and then, so that what it says of them
/// later can be held against what it said before.
private struct HeadsService: Service {
  let raiz: Raiz
  let pause: Duration

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await raiz.keepHeads(every: pause)
        } catch is CancellationError {
          return
        } catch {
          // Another server may be at it; the next turn comes anyway.
          RaizService.tell("raiz: the map of heads waits: \(error)")
        }
      }
    }
  }
}

/// Why the service did not start.
public enum ServiceError: Error, Sendable, CustomStringConvertible {
  case portInUse(host: String, port: Int)

  /// What a server that could not start met.
  static func of(_ error: any Error, host: String, port: Int) -> any Error {
    let text = "\(error)"
    return text.contains("Address already in use") || text.contains("errno: 98")
      ? ServiceError.portInUse(host: host, port: port) : error
  }

  public var code: String { "port-in-use" }

  public var description: String {
    switch self {
    case .portInUse(let host, let port):
      "\(host):\(port) is taken / ocupado: --port con otro número, o cierre el otro programa"
    }
  }
}

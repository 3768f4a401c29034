import Application
import Ledger
import ServiceLifecycle
import Synchronization

/// Has each new checkpoint cosigned, beside the service and never inside an append.
///
/// Every witness has a loop of its own, so that a slow one holds up no other; each is asked about
/// the newest checkpoint only.
struct CosignatureCollector: Service {
  let raiz: Raiz
  let witnesses: [WitnessAddress]
  let tell: @Sendable (String) -> Void

  func run() async throws {
    guard !witnesses.isEmpty else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      try? await WitnessClient.with(raiz) { client in
        let loops = witnesses.map { WitnessLoop(client: client, address: $0, tell: tell) }
        await withTaskGroup(of: Void.self) { group in
          for loop in loops { group.addTask { await loop.run() } }
          await feed(loops)
          group.cancelAll()
        }
      }
    }
  }

  private func feed(_ loops: [WitnessLoop]) async {
    repeat {
      // Ends with the database; it may be restarting.
      try? await raiz.followCheckpoints { checkpoint in
        for loop in loops { loop.offer(checkpoint) }
      }
    } while (try? await Task.sleep(for: .seconds(2))) != nil
  }
}

/// Asks one witness, again and again.
private final class WitnessLoop: Sendable {
  /// A witness is asked at most this often, however fast the ledger grows.
  private static let pause = Duration.milliseconds(250)
  private static let firstBackoff = Duration.seconds(1)
  private static let longestBackoff = Duration.seconds(60)

  private let client: WitnessClient
  private let address: WitnessAddress
  private let tell: @Sendable (String) -> Void
  private let newest = Mutex<StoredCheckpoint?>(nil)
  private let calls: AsyncStream<Void>
  private let caller: AsyncStream<Void>.Continuation

  init(
    client: WitnessClient, address: WitnessAddress, tell: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.address = address
    self.tell = tell
    (calls, caller) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func offer(_ checkpoint: StoredCheckpoint) {
    newest.withLock { $0 = checkpoint }
    caller.yield()
  }

  func run() async {
    var state = WitnessState()
    var known: Int64 = 0
    var backoff = Self.firstBackoff
    var waiting = calls.makeAsyncIterator()
    while !Task.isCancelled {
      guard let checkpoint = newest.withLock({ $0 }), checkpoint.size > known else {
        guard await waiting.next() != nil else { return }
        continue
      }
      if checkpoint.cosignatures.contains(where: isOurs) {
        known = checkpoint.size
        continue
      }
      let report: WitnessReport
      do {
        report = WitnessReport(try await client.ask(address, about: checkpoint, known: known))
      } catch {
        report = WitnessReport(notStored: error)
      }
      guard !Task.isCancelled else { return }
      if let line = state.change(to: report, name: address.verifier.name) { tell(line) }
      if report.isCosigned {
        known = checkpoint.size
        backoff = Self.firstBackoff
        try? await Task.sleep(for: Self.pause)
      } else {
        try? await Task.sleep(for: backoff)
        backoff = min(backoff * 2, Self.longestBackoff)
      }
    }
  }

  private func isOurs(_ cosignature: Cosignature) -> Bool {
    cosignature.witness == address.verifier.name && cosignature.keyID == address.verifier.keyID
  }
}

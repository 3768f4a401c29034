import Application
import ServiceLifecycle

/// Looks over the whole ledger now and then for what no single act shows, dispatches that never
/// arrived among it. It reads every event
/// each time, so it runs only where it is asked for.
struct DetectService: Service {
  let raiz: Raiz
  let pause: Duration

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let patterns = try await raiz.detect(recordedBy: "raiz").count
          let found = try await patterns + raiz.noteOverdueDispatches()
          if found > 0 { RaizService.tell("raiz: new findings: \(found)") }
        } catch is CancellationError {
          return
        } catch {
          // The database may be restarting; the next turn comes anyway.
          RaizService.tell("raiz: the look over the ledger waits: \(error)")
        }
        try? await Task.sleep(for: pause)
      }
    }
  }
}

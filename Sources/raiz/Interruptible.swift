import Foundation
import Synchronization

/// Long work that Ctrl-C, or a stop by SIGTERM, ends at a whole step: what is recorded stays, and
/// the private database is stopped as after any command.
enum Interruptible {
  /// Why the work did not come to its end.
  struct Interrupted: Error {
    let message: String
  }

  private static let asked = Atomic<Bool>(false)

  /// A second signal ends the process at once.
  ///
  /// - Parameter ended: what to tell then: what stays, and how to go on.
  /// - Throws: `Interrupted` after a signal, and what `body` throws.
  static func run<Value: Sendable>(
    _ shared: SharedOptions, ended: String,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    listen()
    let work = Task { try await body() }
    let note = shared.words(
      "interrumpiendo; otra vez para cortar de inmediato", "stopping; once more to end at once")
    let watch = Task {
      while !asked.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(50)) }
      Terminal.note("\n" + note)
      work.cancel()
    }
    defer { watch.cancel() }
    do {
      return try await work.value
    } catch  where work.isCancelled {
      // Below a bar that was still drawn.
      if Terminal.hasErrorTerminal { Terminal.note("") }
      throw Interrupted(message: ended)
    }
  }

  /// A handler may do next to nothing, so it leaves a mark that is looked for.
  private static func listen() {
    // Made before a handler needs it.
    guard !asked.load(ordering: .relaxed) else { return }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruptible.asked.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}

import Application
import ArgumentParser
import Ledger
import ReadModels

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Recompute every hash, the root and every projection, and compare.")

  @OptionGroup var shared: SharedOptions
  @Flag(help: "Check every commitment to the heads of streams, not just the last one.")
  var allHeads = false

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let bar = ProgressBar(shared.words("auditoría", "audit"))
      let models = ProgressBar(shared.words("filas de lectura", "read-model rows"))
      let audit = try await raiz.audit(allHeads: allHeads) { done, total in
        bar.show(Int(clamping: done), of: Int(clamping: total))
      } modelProgress: { done, total in
        models.show(Int(clamping: done), of: Int(clamping: total))
      }
      if shared.json {
        try Terminal.json(audit)
      } else {
        let ledger = audit.ledger
        Terminal.out(
          shared.words(
            "\(ledger.size) eventos, \(ledger.checkpoints) puntos de control, "
              + "\(audit.readModels.rows) filas de lectura",
            "\(ledger.size) events, \(ledger.checkpoints) checkpoints, "
              + "\(audit.readModels.rows) read-model rows"))
        for line in ledger.discrepancies { Terminal.out("  ✗ \(line)") }
        for line in audit.readModels.differences { Terminal.out("  ✗ \(line)") }
        Terminal.out(
          audit.isSound
            ? shared.words("todo cuadra", "all is sound")
            : shared.words(
              "\(ledger.found + Int64(audit.readModels.found)) discrepancias",
              "\(ledger.found + Int64(audit.readModels.found)) discrepancies"))
      }
      if !audit.isSound { throw ExitCode.found }
    }
  }
}

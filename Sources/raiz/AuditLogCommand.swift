import Application
import ArgumentParser
import Foundation
import Ledger

/// Needs no database and no network: only the files and the ledger's public key.
struct AuditLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit-log",
    abstract: "Audit a log that was exported as static files, trusting only the key you give.",
    discussion: """
      Every entry and every tile is hashed anew up to the signed root; every stream must be whole, \
      every commit stand once, times never go back, and the last commitment to the heads of all \
      streams must be that of the entries. Keep the “checkpoint” of each log you audit, and give \
      it as --earlier the next time: a log that was rewritten since does not begin with its tree.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The folder, as raiz export-log writes it.") var folder: String
  @OptionGroup var trust: TrustOptions
  @Option(
    help: "A checkpoint of this log that you kept from before, a file; may be given more than once."
  )
  var earlier: [String] = []

  func run() async throws {
    try await Failures.reported(shared) {
      let notes = try earlier.map {
        String(decoding: try Application.FileReading.bytes(of: $0), as: UTF8.self)
      }
      let audit = LogAudit(
        folder: folder, verifiers: try trust.verifiers(shared), witnesses: try trust.policy(),
        earlier: notes, threads: ProcessInfo.processInfo.activeProcessorCount)
      let bar = ProgressBar(shared.words("auditoría", "audit"))
      let report = try await audit.run { done, total in
        bar.show(Int(clamping: done), of: Int(clamping: total))
      }
      if shared.json { try Terminal.json(report) } else { show(report) }
      if !report.isSound { throw ExitCode.found }
    }
  }

  private func show(_ report: LogAuditReport) {
    let audit = report.audit
    if audit.size > 0 {
      Terminal.out(
        shared.words(
          "\(audit.ledger): \(audit.size) eventos, \(report.streams) flujos, "
            + "\(report.commits) asientos, \(audit.tiles) teselas",
          "\(audit.ledger): \(audit.size) events, \(report.streams) streams, "
            + "\(report.commits) commits, \(audit.tiles) tiles"))
      Terminal.out(signatures(report))
      Terminal.out(heads(report))
    }
    for line in audit.discrepancies { Terminal.out("  ✗ \(line)") }
    Terminal.out(
      report.isSound
        ? shared.words("todo cuadra", "all is sound")
        : shared.words("\(audit.found) discrepancias", "\(audit.found) discrepancies"))
  }

  private func signatures(_ report: LogAuditReport) -> String {
    let root = report.root.map { "\($0)" } ?? ""
    let names = report.witnesses.joined(separator: ", ")
    if report.witnesses.isEmpty { return shared.words("raíz \(root)", "root \(root)") }
    return shared.words(
      "raíz \(root), refrendada por \(names)", "root \(root), cosigned by \(names)")
  }

  private func heads(_ report: LogAuditReport) -> String {
    guard let position = report.headsAt else {
      guard report.isSound else {
        return shared.words(
          "cabezas de los flujos: sin comprobar", "heads of streams: not checked")
      }
      return shared.words(
        "todavía sin compromiso con las cabezas de los flujos",
        "no commitment to the heads of streams yet")
    }
    return shared.words(
      "compromiso con las cabezas de los flujos, en la posición \(position)",
      "commitment to the heads of streams, at position \(position)")
  }
}

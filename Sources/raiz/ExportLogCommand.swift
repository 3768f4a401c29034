import Application
import ArgumentParser
import Ledger

struct ExportLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-log",
    abstract: "Write the log as static files (C2SP tlog-tiles) that any web server can serve.",
    discussion: """
      The folder gets “checkpoint” and “tile/…”, as `raiz serve` serves them. Stop it and start it \
      again as you like: what is there is kept, and the checkpoint is written last.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The folder.") var folder: String
  @Flag(help: "Read and compare every file that is there, and repair what differs.")
  var compare = false

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let bar = ProgressBar(shared.words("exportación", "export"))
      let summary = try await raiz.exportLog(to: folder, comparesAll: compare) { done, total in
        bar.show(Int(clamping: done), of: Int(clamping: total))
      }
      if shared.json { return try Terminal.json(summary) }
      Terminal.out(
        shared.words(
          "\(folder): \(summary.treeSize) eventos, \(summary.files) archivos "
            + "(\(summary.written) nuevos, \(summary.repaired) reparados)",
          "\(folder): \(summary.treeSize) events, \(summary.files) files "
            + "(\(summary.written) new, \(summary.repaired) repaired)"))
    }
  }
}

import Application
import ArgumentParser
import Traceability

struct AffectedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "affected",
    abstract: "Lots and shipments downstream of plots, who has them, and how they are judged now.",
    discussion: """
      By plots, or by --since POSITION: plots that were assessed again, corrected, doubted or
      reviewed from there on. «raiz assess» tells the position where it began.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Plots' codes.") var plots: [String] = []
  @Option(help: "All plots whose evidence changed from this position on.") var since: Int64?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      try await raiz.catchUp()
      var codes = try plots.map(Subjects.plot)
      if let since { codes += try await raiz.plotsChanged(since: since) }
      let affected = try await raiz.affected(by: Set(codes).sorted())
      if shared.json { return try Terminal.json(affected) }
      show(affected)
    }
  }

  private func show(_ affected: Affected) {
    let words = { (verdict: Verdict) in Wording.text(of: verdict, in: shared.language) }
    Terminal.out(shared.words("parcelas", "plots") + " (\(affected.plots.count))")
    for plot in affected.plots {
      Terminal.out("  \(plot.code)\t\(plot.producer?.text ?? "—")\t\(words(plot.verdict))")
    }
    Terminal.out(shared.words("lotes", "lots") + " (\(affected.lots.count))")
    for lot in affected.lots {
      let mass = Grams.kilograms(lot.grams)
      Terminal.out(
        "  \(lot.code)\t\(lot.product)\t\(mass) kg\t\(lot.holder)\t\(words(lot.verdict))")
    }
    Terminal.out(shared.words("embarques", "shipments") + " (\(affected.shipments.count))")
    for shipment in affected.shipments {
      Terminal.out(
        [
          "  \(shipment.code)", shipment.exporter, shipment.importer ?? "—",
          shipment.destination, shipment.state, words(shipment.verdict),
        ].joined(separator: "\t"))
    }
  }
}

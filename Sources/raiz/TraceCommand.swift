import Application
import ArgumentParser
import Traceability

struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Back to the plots and forward to the shipments.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A lot's, plot's or shipment's code, with lot:, plot: or shipment: if unclear.")
  var subject: String

  @Flag(help: "The origins with their shares as CSV; of a lot or a shipment.")
  var csv = false

  func run() async throws {
    try await withRaiz(shared) { raiz in
      if csv { return try await table(try await Subjects.find(subject, in: raiz), raiz) }
      let trace = try await raiz.trace(try await Subjects.find(subject, in: raiz))
      if shared.json { return try Terminal.json(trace) }
      show(trace)
    }
  }

  private func table(_ subject: StreamKey, _ raiz: Raiz) async throws {
    let origins = try await raiz.origins(of: subject, page: .whole)
    var csv = CSVText(["plot", "producer", "district", "grams", "verdict"])
    for share in origins.plots {
      csv.row([
        share.plot, share.producer, share.district, "\(share.grams)", share.verdict.rawValue,
      ])
    }
    if origins.unknownGrams > 0 {
      csv.row(["", nil, nil, "\(origins.unknownGrams)", Verdict.insufficientEvidence.rawValue])
    }
    Terminal.out(csv.text)
  }

  private func show(_ trace: Trace) {
    Terminal.out("\(trace.subject)")
    let sections: [(String, [String])] = [
      (shared.words("parcelas de origen", "origin plots"), trace.upstreamPlots.map(\.text)),
      (shared.words("lotes aguas arriba", "lots upstream"), trace.upstreamLots.map(\.text)),
      (shared.words("lotes aguas abajo", "lots downstream"), trace.downstreamLots.map(\.text)),
      (shared.words("embarques", "shipments"), trace.downstreamShipments.map(\.text)),
    ]
    for (name, codes) in sections where !codes.isEmpty {
      Terminal.out("  \(name) (\(codes.count)): \(codes.joined(separator: ", "))")
    }
    for passage in trace.tanks {
      Terminal.out(
        "  "
          + shared.words(
            "\(passage.lot) sale del tanque \(passage.tank): declara sus eventos"
              + " \(passage.window), \(passage.lots) lotes",
            "\(passage.lot) out of tank \(passage.tank): declares its events"
              + " \(passage.window), \(passage.lots) lots"))
    }
    let total = max(1, trace.origins.reduce(0) { $0 + $1.grams })
    for share in trace.origins {
      let plot = share.plot?.text ?? shared.words("origen desconocido", "unknown origin")
      let percent = Wording.decimal(Double(share.grams) / Double(total) * 100, places: 2)
      let mass = Grams.text(share.grams)
      Terminal.out(
        "  \(plot)  \(mass)  \(percent) %  "
          + Wording.text(of: share.verdict, in: shared.language))
    }
  }
}

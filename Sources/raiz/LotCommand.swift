import Application
import ArgumentParser
import Traceability

struct LotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lot",
    abstract: "One lot: what it is, who has it, and its history; or what one organisation may see.",
    discussion: "The number before an act is its version, by which «raiz correct» names it.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The lot's code.") var lot: String
  @Option(name: .customLong("as"), help: "As this organisation may see it.")
  var viewer: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let code = try Subjects.lot(lot)
      if let viewer {
        let seen = try await raiz.disclosure(of: code, to: try OrganisationCode(viewer))
        if shared.json { return try Terminal.json(seen) }
        return show(seen)
      }
      let detail = try await raiz.lot(code)
      if shared.json { return try Terminal.json(detail) }
      let verdict = Wording.text(of: detail.judgement.verdict, in: shared.language)
      Terminal.out(
        "\(code)\t\(detail.lot.product)\t\(Grams.kilograms(detail.lot.grams)) / "
          + "\(Grams.kilograms(detail.lot.createdGrams)) kg\t\(detail.lot.holder)\t\(verdict)")
      for entry in detail.history {
        Terminal.out(
          "  \(entry.version)\t\(entry.type)\t\(entry.occurredAt)\t\(entry.recordedBy)")
      }
    }
  }

  private func show(_ seen: LotDisclosure) {
    let unsaid = "—"
    Terminal.out(
      [
        seen.lot.text, seen.product.text, seen.createdGrams.description,
        seen.holder?.description ?? unsaid, seen.grams?.description ?? unsaid,
      ].joined(separator: "\t"))
    for arrival in seen.arrivals {
      Terminal.out("  \(arrival.by)\t\(arrival.dispatchedGrams) → \(arrival.weighedGrams)")
    }
    for draw in seen.draws {
      let into = draw.into.map(\.description).joined(separator: ", ")
      Terminal.out("  \(draw.purpose.rawValue)\t\(draw.grams)\t\(into)")
    }
  }
}

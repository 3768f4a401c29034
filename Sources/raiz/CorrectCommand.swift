import Application
import ArgumentParser
import Ledger
import Traceability

struct CorrectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Correct an act on a lot that was recorded wrongly; the wrong event stays.",
    discussion: """
      --version is the act's number in the lot's history (1: how the lot came into being). Masses
      are whole grams. --input LOT=GRAMS names all that a purchase, blend or process took. What
      cannot have been after the correction is raised as a finding.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The lot's code.") var lot: String
  @Option(help: "The act's number in the lot's history.") var version: Int64 = 1
  @Option(help: "The organisation that recorded the act.") var by: String
  @Option(help: "Why it was wrong.") var reason: String
  @Flag(help: "The act never happened.") var void = false
  @Option(help: "The right mass of a harvest, part, receipt or count.") var grams: Int64?
  @Option(help: "The right plot of a harvest.") var plot: String?
  @Option(help: "The plot's producer.") var producer: String?
  @Option(help: "The harvest's first day.") var from: String?
  @Option(help: "The harvest's last day.") var to: String?
  @Option(help: "LOT=GRAMS; may be repeated.") var input: [String] = []
  @Option(help: "LOT=GRAMS of a run, with its product kept; may be repeated.")
  var output: [String] = []

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let code = try Subjects.lot(lot)
      var act = Correction(
        lot: code, version: version, by: try OrganisationCode(by), reason: reason, isVoid: void)
      act.grams = try grams.map { try Grams($0) }
      act.plot = try plot.map(Subjects.plot)
      act.producer = try producer.map(Subjects.producer)
      act.from = try from.map { try Dates.day($0, "--from") }
      act.to = try to.map { try Dates.day($0, "--to") }
      if !input.isEmpty { act.inputs = try input.map { try draw($0, "--input") } }
      if !output.isEmpty {
        act.outputs = try await raiz.outputs(
          of: code, as: output.map { try draw($0, "--output") })
      }
      let receipt = try await raiz.record(
        .correct(act), occurredAt: raiz.now(), key: nil, recordedBy: by)
      if shared.json { return try Terminal.json(receipt) }
      Terminal.out(
        shared.words(
          "corrección registrada en la posición \(receipt.firstPosition)",
          "correction recorded at position \(receipt.firstPosition)"))
    }
  }

  private func draw(_ text: String, _ name: String) throws -> LotDraw {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let grams = Int64(parts[1]) else {
      throw ApplicationError.invalidSetting(name: name, value: text, expected: "LOT=GRAMS")
    }
    return LotDraw(lot: try LotCode(parts[0]), grams: try Grams(grams))
  }
}

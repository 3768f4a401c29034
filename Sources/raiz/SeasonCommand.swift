import Application
import ArgumentParser
import Traceability

struct SeasonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "season",
    abstract: "How much of a plot's season is harvested, and how much is left.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A plot's code.") var plot: String
  @Option(help: "The year in which the season begins (default: today's).") var year: Int?

  func validate() throws {
    if let year, !(1...9_998).contains(year) { throw ValidationError("--year 2026") }
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let seasons = try await raiz.seasons(of: try Subjects.plot(plot), year: year)
      if shared.json { return try Terminal.json(seasons) }
      for season in seasons { Terminal.out(season.text(in: shared.language)) }
      if seasons.isEmpty {
        Terminal.out(
          shared.words(
            "De \(plot) no hay cultivo conocido ni cosecha.",
            "Of \(plot) no known crop and no harvest is recorded."))
      }
    }
  }
}

struct DetectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Look over the whole ledger for what no single act shows, and record what is new.",
    discussion: """
      Many buyers, plots all at their cap, more than vehicles carry, more than a mill's hours allow:
      docs/plausibility.md. Done again, it records nothing unless something has grown.
      """)

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let found = try await raiz.detect(recordedBy: ImportSteps.user)
      if shared.json { return try Terminal.json(found) }
      for finding in found {
        Terminal.out(
          "\(finding.finding): "
            + Wording.text(of: finding.kind, finding.figures, in: shared.language))
      }
      Terminal.out(
        shared.words("observaciones nuevas: \(found.count)", "new findings: \(found.count)"))
    }
  }
}

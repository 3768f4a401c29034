import Application
import ArgumentParser
import Traceability

struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: "Lay plots over the registered datasets.",
    discussion: """
      Takes every plot whose newest assessment is not of its outline by exactly the datasets in use;
      interrupted, it goes on where it stood.
      --again writes nothing: it makes recorded assessments anew and compares them bit by bit, from
      the data folder or from your own copies of the maps (--maps).
      """)

  @OptionGroup var shared: SharedOptions
  @Flag(help: "Make recorded assessments again and compare.") var again = false
  @Flag(help: "With --again: the newest assessment of every plot.") var all = false
  @Argument(help: "With --again: these plots.") var plots: [String] = []
  @Option(help: "With --again: as the ledger stood before this position.") var at: Int64?
  @Option(help: "With --again: a folder of your own copies, known by their SHA-256.")
  var maps: String?

  func validate() throws {
    guard again || (!all && plots.isEmpty && at == nil && maps == nil) else {
      throw ValidationError("--all, PLOT, --at and --maps go with --again")
    }
    guard !again || all != !plots.isEmpty else {
      throw ValidationError("--again takes plots' codes, or --all")
    }
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      if again { return try await repeated(raiz) }
      let report = try await ImportSteps(raiz: raiz, shared: shared).assess()
      if shared.json { try Terminal.json(report) }
      if !report.failed.isEmpty { throw ExitCode.found }
    }
  }

  private func repeated(_ raiz: Raiz) async throws {
    try await raiz.catchUp()
    let codes = try plots.map(Subjects.plot)
    let bar = ProgressBar(shared.words("evaluación", "assessment"))
    let (again, plots, at, maps) = (raiz.assessmentAgain, all ? nil : codes, at, maps)
    let report = try await Interruptible.run(
      shared,
      ended: shared.words(
        "interrumpido: no todo fue hecho de nuevo",
        "interrupted: not everything was made again")
    ) {
      try await again.run(plots: plots, at: at, maps: maps) { bar.show($0, of: $1) }
    }
    if shared.json {
      try Terminal.json(report)
    } else {
      Terminal.out(
        shared.words(
          "antes de la posición \(report.position): \(report.checked) evaluaciones hechas de"
            + " nuevo, \(report.same) iguales bit a bit",
          "before position \(report.position): \(report.checked) assessments made again,"
            + " \(report.same) the same bit by bit"))
      for one in report.differences.prefix(100) {
        Terminal.out("  ✗ \(one.event) \(one.place): \(one.recorded) ≠ \(one.found)")
      }
    }
    if !report.isSame { throw ExitCode.found }
  }
}

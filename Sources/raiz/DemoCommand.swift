import Application
import ArgumentParser
import Foundation
import SampleData
import Service
import Traceability

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make and import a sample, hold what is found against what was planted, and serve.")

  @OptionGroup var shared: SharedOptions
  @Option(help: "The sample's folder; made where it is missing.") var sample: String
  @Option(help: "Plots of a sample that is made.") var plots = 300
  @Flag(help: "Do not serve; exit 0 only if exactly the planted stories are found.")
  var check = false
  @Option(help: "The address to serve on.") var host = "127.0.0.1"
  @Option(help: "The port to serve on.") var port = 8_080

  func run() async throws {
    try await Failures.reported(shared) {
      try await step(shared.words("muestra", "sample")) { try makeSample() }
      let settings = try shared.settings()
      var opened: Raiz?
      try await step(shared.words("base de datos", "database")) {
        opened = try await Raiz.open(settings) { Terminal.note("  " + $0) }
      }
      guard let raiz = opened else { return }
      do {
        try await show(raiz, settings.dataFolder)
      } catch {
        await raiz.close()
        throw error
      }
      await raiz.close()
    }
  }

  private func makeSample() throws {
    guard !FileManager.default.fileExists(atPath: sample + "/stories.json") else { return }
    _ = try SampleSteps.write(try SampleOptions(plots: plots), to: sample)
  }

  private func show(_ raiz: Raiz, _ folder: String) async throws {
    let steps = ImportSteps(raiz: raiz, shared: shared)
    let options = ImportOptions(recordedBy: ImportSteps.user, now: raiz.now())
    try await step(shared.words("importación", "import")) {
      let reports = try await steps.take(
        try ImportPaths.expand([sample + "/import"]), options: options)
      if reports.contains(where: { $0.outcome == .refused }) { throw ExitCode.refused }
    }
    try await step(shared.words("evaluación", "assessment")) { _ = try await steps.assess() }
    var refused: [FileReport] = []
    try await step(shared.words("archivos que se deben rechazar", "files to be refused")) {
      refused = try await steps.take(
        try ImportPaths.expand([sample + "/refused"]), options: options)
    }
    _ = try await raiz.detect(recordedBy: ImportSteps.user)
    try await raiz.catchUp()
    try await verdicts(raiz)
    let stories = try await raiz.checkStories(in: sample, imported: refused)
    for line in stories.lines(shared.language) { Terminal.out(line) }
    Terminal.out(
      stories.isExact
        ? shared.words(
          "se halló todo lo plantado, y nada más", "all planted was found, and only that")
        : shared.words("lo hallado no es lo plantado", "what was found is not what was planted"))
    if check {
      if !stories.isExact { throw ExitCode.found }
      return
    }
    try await RaizService(
      raiz: raiz, host: host, port: port, writeToken: try WriteToken.loadOrCreate(in: folder)
    ).run()
  }

  /// Counts, and every lot that is not proven.
  private func verdicts(_ raiz: Raiz) async throws {
    let text = VerdictText(language: shared.language)
    for verdict in [Verdict.notCompliant, .insufficientEvidence] {
      let page = try await raiz.lots(LotFilter(verdict: verdict, limit: LotFilter.limitMaximum))
      for lot in page.lots {
        let mass = Grams.text(lot.createdGrams)
        Terminal.out(
          "  \(lot.code)\t\(lot.product)\t\(mass)\t"
            + Wording.text(of: verdict, in: shared.language)
        )
      }
    }
    Terminal.out(text.counts(try await raiz.verdictCounts()))
  }

  private func step(_ name: String, _ body: () async throws -> Void) async throws {
    let began = ContinuousClock.now
    Terminal.out("== \(name)")
    try await body()
    let elapsed = began.duration(to: .now).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    Terminal.out("   \(Wording.decimal(seconds, places: 1)) s")
  }
}

import ArgumentParser
import SampleData

struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write a believable Tocache in a cooperative's own files.")

  @OptionGroup var shared: SharedOptions
  @Option(help: "The folder to write into.") var out: String
  @Option(help: "How many plots, 50 to 1,000,000.") var plots = 300
  @Option(help: "How many seasons, 1 to 4.") var seasons = 2
  @Option(help: "Which of all possible samples.") var seed: UInt64 = 1

  func run() async throws {
    try await Failures.reported(shared) {
      let summary = try SampleSteps.write(
        SampleOptions(plots: plots, seasons: seasons, seed: seed), to: out)
      if shared.json { try Terminal.json(summary) } else { Terminal.out("\(out): \(summary)") }
    }
  }
}

enum SampleSteps {
  static func write(_ options: SampleOptions, to folder: String) throws -> SampleSummary {
    let bar = ProgressBar("muestra")
    return try Sample.write(options, to: folder) { step, done, total in
      if step == "groups" { bar.show(done, of: total) }
    }
  }
}

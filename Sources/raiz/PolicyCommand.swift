import Application
import ArgumentParser
import Traceability

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "The rules that turn evidence into a verdict, as files.",
    subcommands: [PolicyListCommand.self, PolicyShowCommand.self, PolicyAddCommand.self])
}

struct PolicyListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The policies that this program brings.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failures.reported(shared) {
      let policies = try Policy.shippedTexts.map { try Policy(json: $0) }
      if shared.json { return try Terminal.json(policies.map(\.code)) }
      for policy in policies { Terminal.out("\(policy.code)\t\(policy.source)") }
    }
  }
}

struct PolicyShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The exact text of a policy that this program brings.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Its code: eudr-2.") var code: String

  func run() async throws {
    try await Failures.reported(shared) {
      for text in Policy.shippedTexts where try Policy(json: text).code == code {
        return Terminal.out(String(decoding: text, as: UTF8.self))
      }
      let known = try Policy.shippedTexts.map { try Policy(json: $0).code }
      throw ApplicationError.invalidSetting(
        name: "policy", value: code, expected: known.joined(separator: ", "))
    }
  }
}

struct PolicyAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Register a policy's file with its whole text.",
    discussion: "Then: raiz verdict SUBJECT --policy NAME-VERSION")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file (JSON).") var file: String

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let policy = try await raiz.addPolicy(path: file, recordedBy: ImportSteps.user)
      if shared.json { return try Terminal.json(policy.code) }
      Terminal.out(policy.code)
    }
  }
}

struct RiskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk",
    abstract: "A plot's class of risk by the maps, indicator by indicator.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A plot's code.") var plot: String
  @Option(help: "By which policy's method.") var policy: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let code = try Subjects.plot(plot)
      let rules = if let policy { try await raiz.policy(named: policy) } else { raiz.policy }
      guard let risk = try await raiz.risk(of: code, by: rules) else {
        throw ApplicationError.invalidSetting(
          name: "plot", value: plot,
          expected: shared.words(
            "una parcela evaluada, y una política con método",
            "a plot that is assessed, and a policy with a method"))
      }
      if shared.json { return try Terminal.json(risk) }
      show(risk, code)
    }
  }

  private func show(_ risk: RiskExplanation, _ plot: PlotCode) {
    let yes = shared.words("sí", "yes")
    Terminal.out("\(plot): \(risk.risk?.rawValue ?? "—") (\(risk.method))")
    for indicator in risk.indicators {
      let limit = Wording.decimal(indicator.thresholdPercent, places: 0)
      Terminal.out(
        "  \(shared.words(indicator.es, indicator.en)) (> \(limit) %): "
          + (indicator.isYes ? yes : "no"))
      for layer in indicator.layers {
        let name = layer.kind.rawValue
        guard let dataset = layer.dataset, let percent = layer.percent else {
          let missing = shared.words("sin capa", "no dataset")
          Terminal.out("    \(name): \(missing)")
          continue
        }
        let share = Wording.decimal(percent, places: 3)
        let area = Wording.hectares(layer.squareMetres ?? 0)
        Terminal.out(
          "    \(name): \(share) %, \(area) ha (\(dataset)) → \(layer.isYes ? yes : "no")")
      }
    }
  }
}

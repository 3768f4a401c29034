import Application
import ArgumentParser
import DueDiligence
import Ledger
import Service

/// Which witnesses are asked.
struct WitnessOptions: ParsableArguments {
  @Option(
    help: """
      A witness as URL,VERIFIERKEY; may be given more than once (also RAIZ_WITNESSES, between \
      spaces).
      """)
  var witness: [String] = []

  func addresses() throws -> [WitnessAddress] {
    try WitnessAddress.all(
      options: witness, environment: WitnessCommand.environment("RAIZ_WITNESSES"))
  }
}

struct CosignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cosign",
    abstract: "Have the newest checkpoint cosigned now, and say what each witness answered.")

  @OptionGroup var shared: SharedOptions
  @OptionGroup var witnessing: WitnessOptions

  private struct Document: Encodable {
    struct Answer: Encodable {
      let witness: String
      let outcome: WitnessReport
    }

    let size: Int64
    let answers: [Answer]
  }

  func run() async throws {
    let addresses = try await Failures.reported(shared) { try given() }
    try await withRaiz(shared) { raiz in
      // So that bundles can be made under the cosignatures.
      if try await raiz.checkpoint() != nil { try await raiz.commitHeads() }
      guard let checkpoint = try await raiz.checkpoint() else {
        throw LedgerError.notFound(what: "checkpoint: the ledger is empty")
      }
      let answers = try await ask(addresses, about: checkpoint, raiz)
      let document = Document(size: checkpoint.size, answers: answers)
      if shared.json {
        try Terminal.json(document)
      } else {
        Terminal.out(
          shared.words(
            "punto de control sobre \(document.size) eventos",
            "checkpoint over \(document.size) events"))
        for answer in answers {
          Terminal.out("\(answer.witness): \(answer.outcome.text.text(in: shared.language))")
        }
      }
      if !answers.allSatisfy(\.outcome.isCosigned) { throw ExitCode.found }
    }
  }

  private func given() throws -> [WitnessAddress] {
    let addresses = try witnessing.addresses()
    guard !addresses.isEmpty else {
      throw ApplicationError.invalidSetting(
        name: "--witness", value: "", expected: "URL,name+hex+base64")
    }
    return addresses
  }

  /// All at once; in the order in which they were given.
  private func ask(
    _ addresses: [WitnessAddress], about checkpoint: StoredCheckpoint, _ raiz: Raiz
  ) async throws -> [Document.Answer] {
    try await WitnessClient.with(raiz) { client in
      try await withThrowingTaskGroup(of: (Int, WitnessReport).self) { group in
        for (index, address) in addresses.enumerated() {
          group.addTask {
            (index, WitnessReport(try await client.ask(address, about: checkpoint)))
          }
        }
        var reports: [Int: WitnessReport] = [:]
        for try await (index, report) in group { reports[index] = report }
        return addresses.enumerated().compactMap { index, address in
          reports[index].map { Document.Answer(witness: address.verifier.name, outcome: $0) }
        }
      }
    }
  }
}

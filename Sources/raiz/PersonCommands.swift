import Application
import ArgumentParser
import Ledger
import Traceability

struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase a producer's personal data for good.",
    discussion: """
      Records the erasure, then destroys the key and the ciphertext. Codes, plots, lots and every
      proof stay. Asking twice is harmless. There is no way back.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The producer's code.") var producer: String
  @Option(help: "Why. It stays in the ledger for good: name nobody in it.") var reason: String?
  @Option(help: "Who answers for the erasure.") var by: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let erasure = try await raiz.erase(
        try Subjects.producer(producer), reason: reason, recordedBy: by ?? ImportSteps.user)
      if shared.json { return try Terminal.json(erasure) }
      Terminal.out(
        erasure.isNew
          ? shared.words(
            "datos personales de \(erasure.producer) borrados; asiento en la posición "
              + "\(erasure.position)",
            "personal data of \(erasure.producer) erased; recorded at position "
              + "\(erasure.position)")
          : shared.words(
            "ya estaban borrados, según la posición \(erasure.position)",
            "erased already, as position \(erasure.position) says"))
    }
  }
}

struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Show a producer's personal data, as the person may ask to see them.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The producer's code.") var producer: String

  private struct Document: Encodable {
    let producer: ProducerDetail
    let person: PersonalData?
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let code = try Subjects.producer(producer)
      let detail = try await raiz.producer(code)
      let person = try await raiz.person(code)
      if shared.json { return try Terminal.json(Document(producer: detail, person: person)) }
      Terminal.out("\(code): \(state(detail, person))")
    }
  }

  private func state(_ detail: ProducerDetail, _ person: PersonalData?) -> String {
    if let person {
      return [person.name, person.document, person.phone].map { $0 ?? "—" }.joined(separator: ", ")
    }
    return switch detail.personalData {
    case .absent: shared.words("sin datos personales", "no personal data")
    case .erased: shared.words("datos personales borrados", "personal data erased")
    case .held:
      shared.words(
        "ilegible: falta la clave o el texto cifrado en este equipo",
        "unreadable: the key or the ciphertext is not on this machine")
    }
  }
}

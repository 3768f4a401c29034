import Application
import ArgumentParser
import Ledger
import Traceability
import ValueTypes

struct FindingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finding",
    abstract: "Findings: the doubts that hold verdicts until somebody has reviewed them.",
    discussion: "«raiz review» answers one.",
    subcommands: [List.self, Show.self, Assign.self, Reopen.self, Overdue.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists findings.")

    @OptionGroup var shared: SharedOptions
    @Option(help: "open, assigned, upheld or dismissed.") var status: String?
    @Option(help: "One kind, «receipt-differs».") var kind: String?
    @Option(help: "A plot, lot or shipment: «lot:CODE».") var subject: String?
    @Option(help: "Given to this person.") var assignee: String?
    @Option(help: "Findings after this code.") var after: String?
    @Option(help: "At most so many.") var limit = 100

    func run() async throws {
      try await withRaiz(shared) { raiz in
        var filter = FindingFilter()
        filter.status = try known(status, "--status")
        filter.kind = try known(kind, "--kind")
        filter.subject = try subject.map(Subjects.read)
        filter.assignee = assignee
        filter.after = try after.map(Subjects.finding)
        filter.limit = limit
        let page = try await raiz.findings(filter)
        if shared.json { return try Terminal.json(page) }
        for finding in page.findings {
          Terminal.out(
            [
              finding.code.text, finding.severity.rawValue, finding.status.rawValue,
              finding.assignee ?? "—",
              Wording.text(of: finding.kind, finding.figures, in: shared.language),
            ].joined(separator: "\t"))
        }
        if let next = page.next {
          Terminal.out(shared.words("más: --after \(next)", "more: --after \(next)"))
        }
      }
    }

    private func known<Value: RawRepresentable & CaseIterable>(
      _ text: String?, _ name: String
    ) throws -> Value? where Value.RawValue == String {
      guard let text else { return nil }
      guard let value = Value(rawValue: text) else {
        throw ApplicationError.invalidSetting(
          name: name, value: text,
          expected: Value.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return value
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One finding: its numbers, its history, and the lots and shipments it holds.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The finding's code.") var finding: String

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let detail = try await raiz.finding(try Subjects.finding(finding))
        if shared.json { return try Terminal.json(detail) }
        let raised = detail.finding
        Terminal.out("\(raised.finding)\t\(raised.severity.rawValue)\t\(detail.status.rawValue)")
        Terminal.out("  " + Wording.text(of: raised.kind, raised.figures, in: shared.language))
        Terminal.out(
          shared.words("  se apoya en: ", "  rests on: ")
            + raised.restsOn.map(\.description).joined(separator: ", "))
        for entry in detail.history {
          Terminal.out(
            "  \(entry.position)\t\(entry.type)\t\(entry.occurredAt)\t\(entry.recordedBy)")
        }
        let held = shared.words(
          detail.holds ? "retiene" : "alcanza", detail.holds ? "holds" : "reaches")
        Terminal.out(
          "  \(held): "
            + (detail.lots.map(\.text) + detail.shipments.map(\.text))
            .joined(separator: ", "))
      }
    }
  }

  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives a finding to a person to look at.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The finding's code.") var finding: String
    @Option(help: "Who is to look at it.") var to: String
    @Option(help: "Who says so.") var by: String
    @Option(help: "By when, YYYY-MM-DD.") var due: String?

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let event = FindingAssigned(
          finding: try Subjects.finding(finding), assignee: to, by: by,
          due: try due.map { try Dates.day($0, "--due") })
        let receipt = try await raiz.assign(event)
        if shared.json { return try Terminal.json(receipt) }
        Terminal.out(
          shared.words(
            "asignada en la posición \(receipt.firstPosition)",
            "assigned at position \(receipt.firstPosition)"))
      }
    }
  }

  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Opens a reviewed finding again: its doubt holds until it is reviewed anew.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The finding's code.") var finding: String
    @Option(help: "Who says so.") var by: String
    @Option(help: "Why.") var reason: String
    @Option(help: "Files named by their SHA-256; may be repeated.") var evidence: [String] = []

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let event = FindingReopened(
          finding: try Subjects.finding(finding), by: by, reason: reason,
          evidence: try evidence.map { try raiz.digest(ofFile: $0) })
        let receipt = try await raiz.reopen(event)
        if shared.json { return try Terminal.json(receipt) }
        Terminal.out(
          shared.words(
            "reabierta en la posición \(receipt.firstPosition)",
            "opened again at position \(receipt.firstPosition)"))
      }
    }
  }

  struct Overdue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Raises a finding on every dispatch that nobody has received for over a week.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let raised = try await raiz.noteOverdueDispatches()
        if shared.json { return try Terminal.json(["raised": raised]) }
        Terminal.out(
          shared.words("\(raised) observaciones nuevas", "\(raised) new findings"))
      }
    }
  }
}

/// Days on the command line.
enum Dates {
  static func day(_ text: String, _ name: String) throws -> CivilDate {
    guard let day = CivilDate(text) else {
      throw ApplicationError.invalidSetting(name: name, value: text, expected: "YYYY-MM-DD")
    }
    return day
  }
}

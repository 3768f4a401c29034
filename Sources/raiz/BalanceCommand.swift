import Application
import ArgumentParser
import Traceability
import ValueTypes

struct BalanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance",
    abstract: "What an organisation had, what came and went, and what is left, by product.",
    discussion: """
      A month, or the days --from to --to; without either the newest month in which anything moved.
      Days are those on which acts happened: what is told late changes the sheet of its month.
      What is in tanks and what is sent and not yet received stand on their own.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The organisation's code; a producer's with producer: before it.")
  var organisation: String
  @Option(help: "A month, YYYY-MM.") var month: String?
  @Option(help: "The first day, YYYY-MM-DD.") var from: String?
  @Option(help: "The last day, YYYY-MM-DD.") var to: String?
  @Option(help: "One product only, by its code.") var product: String?
  @Flag(help: "One line for each figure, with commas between.") var csv = false

  func validate() throws {
    guard month == nil || (from == nil && to == nil), (from == nil) == (to == nil) else {
      throw ValidationError("--month, or --from and --to / --month, o --from y --to")
    }
    if month ?? from != nil, try period() == nil {
      throw ValidationError(
        "--month 2026-05, --from 2026-05-01 --to 2026-05-31: no such days / esos días no existen")
    }
  }

  private func period() throws -> BalancePeriod? {
    if let month { return BalancePeriod(month: month) }
    guard let from = from.flatMap({ CivilDate($0) }), let to = to.flatMap({ CivilDate($0) })
    else { return nil }
    return BalancePeriod(from: from, to: to)
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      try await raiz.catchUp()
      let holder =
        organisation.contains(":")
        ? try Party(organisation) : Party.organisation(try OrganisationCode(organisation))
      let report = try await raiz.balance(
        of: holder, try period(), product: try product.map { try ProductCode($0) })
      if shared.json { return try Terminal.json(report) }
      if csv { return Terminal.out(BalanceText.csv(report)) }
      let text = BalanceText(
        language: shared.language, catalogue: raiz.catalogue,
        causes: try AdjustmentCauses.shipped())
      Terminal.out(text.lines(report).joined(separator: "\n"))
    }
  }
}

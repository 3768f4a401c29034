import Application
import ArgumentParser
import Traceability

struct RecallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "All that holds something of a plot or a lot, and whom to call.",
    discussion: """
      Lots with what is left and who holds it, shipments with their statements, and every
      organisation that holds, bought, received or exports any of it, with the contact that it
      registered. A lot's code alone is a lot; a plot is plot:CODE where both are there.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A plot's or a lot's code.") var subject: String
  @Flag(help: "As CSV, one row a lot, shipment, organisation or producer.") var csv = false
  @Flag(help: "With producers' names and telephones, where they are held.") var people = false

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let key = try await Subjects.find(subject, in: raiz)
      let recall = try await raiz.recall(key, reach: people ? .people : .organisations)
      if shared.json { return try Terminal.json(recall) }
      if csv { return Terminal.out(Self.table(recall)) }
      show(recall)
    }
  }

  private static func table(_ recall: Recall) -> String {
    var csv = CSVText([
      "what", "code", "holder", "grams", "verdict", "roles", "name", "country", "address",
      "email", "phone",
    ])
    for lot in recall.lots {
      csv.row([
        "lot", lot.lot.text, lot.holder, "\(lot.grams)", lot.verdict.rawValue, nil, nil, nil, nil,
        nil, nil,
      ])
    }
    for shipment in recall.shipments {
      csv.row([
        "shipment", shipment.shipment.text, "organisation:\(shipment.exporter)",
        "\(shipment.grams)", shipment.verdict.rawValue, shipment.state, shipment.importer,
        shipment.destination, nil, nil, nil,
      ])
      for statement in shipment.statements {
        csv.row(
          ["statement", statement.text, "shipment:\(shipment.shipment)"]
            + [String?](repeating: nil, count: 8))
      }
    }
    for one in recall.organisations {
      csv.row([
        "organisation", one.organisation.text, nil, nil, nil,
        one.roles.map(\.rawValue).joined(separator: " "), one.name, one.country, one.address,
        one.email, nil,
      ])
    }
    for one in recall.producers {
      csv.row([
        "producer", one.producer.text, one.organisation.map { "organisation:\($0)" }, nil, nil,
        nil, one.person?.name, nil, one.district, nil, one.person?.phone,
      ])
    }
    return csv.text
  }

  private func show(_ recall: Recall) {
    let words = { (verdict: Verdict) in Wording.text(of: verdict, in: shared.language) }
    func head(_ es: String, _ en: String, _ count: Int) {
      Terminal.out("\(shared.words(es, en)) (\(count))")
    }
    Terminal.out("\(recall.subject)")
    head("lotes", "lots", recall.lots.count)
    for lot in recall.lots {
      let transit = lot.inTransitTo.map { "\t→ \($0)" } ?? ""
      Terminal.out(
        "  \(lot.lot)\t\(lot.product)\t\(Grams.kilograms(lot.grams)) kg\t\(lot.holder)\t"
          + words(lot.verdict) + transit)
    }
    head("embarques", "shipments", recall.shipments.count)
    for one in recall.shipments {
      let statements = one.statements.map(\.text).joined(separator: " ")
      Terminal.out(
        [
          "  \(one.shipment)", "\(Grams.kilograms(one.grams)) kg", one.exporter.text,
          one.importer ?? "—", one.destination, one.state, words(one.verdict),
          statements.isEmpty ? "—" : statements,
        ].joined(separator: "\t"))
    }
    head("organizaciones", "organisations", recall.organisations.count)
    for one in recall.organisations {
      Terminal.out(
        [
          "  \(one.organisation)", one.roles.map(role).joined(separator: ", "), one.name ?? "—",
          one.country ?? "—", one.address ?? "—", one.email ?? "—",
        ].joined(separator: "\t"))
    }
    head("productores", "producers", recall.producers.count)
    for one in recall.producers {
      Terminal.out(
        [
          "  \(one.producer)", one.organisation?.text ?? "—", one.person?.name ?? "—",
          one.person?.phone ?? "—",
        ].joined(separator: "\t"))
    }
  }

  private func role(_ role: Recall.Role) -> String {
    switch role {
    case .holds: shared.words("tiene", "holds")
    case .bought: shared.words("compró", "bought")
    case .received: shared.words("recibió", "received")
    case .exports: shared.words("exporta", "exports")
    }
  }
}

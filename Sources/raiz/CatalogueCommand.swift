import Application
import ArgumentParser
import Traceability

struct CatalogueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "Products, processes and what is plausible, as files.",
    discussion: "A file besides the shipped one: --catalogue FILE, or RAIZ_CATALOGUE.",
    subcommands: [
      CatalogueListCommand.self, CatalogueShowCommand.self, CatalogueCheckCommand.self,
    ])
}

struct CatalogueListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Products and processes that are in force.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failures.reported(shared) {
      let catalogue = try Catalogues(files: try shared.settings().catalogues).merged
      if shared.json { return try Terminal.json(catalogue) }
      for product in catalogue.products {
        let heading = (product.ex == true ? "ex " : "") + product.hsHeading
        Terminal.out(
          "\(product.code)\t\(shared.words(product.es, product.en))\t\(product.commodity)\t"
            + "HS \(heading)")
      }
      for process in catalogue.processes {
        let inputs = process.inputs.map(\.text).joined(separator: " | ")
        let outputs = process.products.map(\.text).joined(separator: " + ")
        Terminal.out(
          "\(process.code)\t\(shared.words(process.es, process.en))\t\(inputs) → \(outputs)")
      }
    }
  }
}

struct CatalogueShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The exact text of the catalogue that this program brings.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    Terminal.out(String(decoding: Catalogue.shippedText, as: UTF8.self))
  }
}

struct CatalogueCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Whether a file can be used; every fault with its place. Exit code 1 if not.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file (JSON).") var file: String

  private struct Document: Encodable {
    let catalogue: String?
    let faults: [CatalogueFault]
  }

  func run() async throws {
    try await Failures.reported(shared) {
      let (catalogue, faults) = try Catalogues.check(file)
      if shared.json {
        try Terminal.json(Document(catalogue: catalogue?.code, faults: faults))
      } else if faults.isEmpty {
        Terminal.out(
          (catalogue?.code ?? "") + ": " + shared.words("sin reparos", "nothing is wrong"))
      } else {
        for fault in faults { Terminal.out("✗ " + fault.text(in: shared.language)) }
      }
      if !faults.isEmpty { throw ExitCode.found }
    }
  }
}

/// What is wrong in a catalogue file, with its place.
public struct CatalogueFault: Sendable, Hashable, Codable, CustomStringConvertible {
  /// `products[3].hsHeading`.
  public let place: String
  public let es: String
  public let en: String

  public init(place: String, es: String, en: String) {
    self.place = place
    self.es = es
    self.en = en
  }

  public var description: String { place + ": " + en }

  public func text(in language: Language) -> String {
    place + ": " + (language == .spanish ? es : en)
  }
}

/// Why a catalogue is not taken.
public struct CatalogueFaults: Error, Sendable, Hashable, CustomStringConvertible {
  public let faults: [CatalogueFault]

  public init(faults: [CatalogueFault]) { self.faults = faults }

  public var description: String { faults.map(\.description).joined(separator: "; ") }
}

extension Catalogue {
  /// All that is wrong in the file; empty where it can be used.
  ///
  /// - Parameter base: the catalogue that it is added to, whose products its processes may name.
  public func faults(beside base: Catalogue? = nil) -> [CatalogueFault] {
    var check = CatalogueCheck(self, base)
    check.run()
    return check.faults
  }
}

/// One look through a catalogue.
struct CatalogueCheck {
  let file: Catalogue
  let base: Catalogue?
  private(set) var faults: [CatalogueFault] = []

  /// Bytes of a commodity's, the file's name or its version.
  private static let codeBytes = 32

  init(_ file: Catalogue, _ base: Catalogue?) {
    self.file = file
    self.base = base
  }

  mutating func add(_ place: String, _ es: String, _ en: String) {
    faults.append(CatalogueFault(place: place, es: es, en: en))
  }

  mutating func run() {
    for (place, text) in [("name", file.name), ("version", file.version)] {
      code(text, place)
    }
    if base != nil, file.name == base?.name {
      add(
        "name", "«\(file.name)» es el catálogo del programa: dele otro nombre.",
        "“\(file.name)” is the program's own catalogue: give another name.")
    }
    unique(
      file.commodities.map(\.code), base?.commodities.map(\.code), "commodities", "code")
    unique(
      file.products.map(\.code.text), base?.products.map(\.code.text), "products", "code")
    unique(
      file.processes.map(\.code.text), base?.processes.map(\.code.text), "processes", "code")
    names()
    for (index, commodity) in file.commodities.enumerated() {
      check(commodity, "commodities[\(index)]")
    }
    for (index, product) in file.products.enumerated() { check(product, "products[\(index)]") }
    for (index, process) in file.processes.enumerated() { check(process, "processes[\(index)]") }
    checkCycles()
  }

  mutating func code(_ text: String, _ place: String) {
    guard text.utf8.count > Self.codeBytes || (try? ProductCode(text)) == nil else { return }
    add(
      place, "«\(text)» no es un código: 1 a \(Self.codeBytes) letras, cifras o - _ . /.",
      "“\(text)” is no code: 1 to \(Self.codeBytes) letters, digits or - _ . /.")
  }

  private mutating func unique(
    _ texts: [String], _ known: [String]?, _ list: String, _ field: String
  ) {
    var seen = Set(known ?? [])
    for (index, text) in texts.enumerated() where !seen.insert(text).inserted {
      add(
        "\(list)[\(index)].\(field)", "«\(text)» está dos veces.", "“\(text)” is there twice.")
    }
  }

  /// Files are imported by name, so a name must mean one product or process.
  private mutating func names() {
    var products: [String: String] = [:]
    for product in base?.products ?? [] {
      for name in [product.es, product.en] { products[name.lowercased()] = product.code.text }
    }
    for (index, product) in file.products.enumerated() {
      for (field, name) in [("es", product.es), ("en", product.en)] {
        distinct(name, product.code.text, &products, "products[\(index)].\(field)")
      }
    }
    var processes: [String: String] = [:]
    for process in base?.processes ?? [] {
      for name in [process.es, process.en] { processes[name.lowercased()] = process.code.text }
    }
    for (index, process) in file.processes.enumerated() {
      for (field, name) in [("es", process.es), ("en", process.en)] {
        distinct(name, process.code.text, &processes, "processes[\(index)].\(field)")
      }
    }
  }

  private mutating func distinct(
    _ name: String, _ code: String, _ seen: inout [String: String], _ place: String
  ) {
    if !name.contains(where: { !$0.isWhitespace }) {
      add(place, "Falta el nombre.", "The name is missing.")
    } else if let other = seen[name.lowercased()], other != code {
      add(
        place, "«\(name)» es ya el nombre de \(other).",
        "“\(name)” is the name of \(other) already.")
    }
    seen[name.lowercased()] = code
  }
}

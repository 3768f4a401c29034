import Land
import Tabular
import Traceability

/// Reads a feature's properties by any of their names, telling what cannot be read.
struct FeatureProperties {
  private let feature: GeoJSONFeature
  private let file: String
  private let row: Int
  private let byName: [HeadingName: (name: String, value: JSONValue)]
  /// Whether the file may have cut names short.
  private let clipsNames: Bool
  /// The longest name of a field in a shapefile (dBASE III).
  private static let clippedNameLength = 10
  private(set) var problems: [RowProblem] = []

  init(_ feature: GeoJSONFeature, file: String, row: Int, clipsNames: Bool = false) {
    self.clipsNames = clipsNames
    self.feature = feature
    self.file = file
    self.row = row
    var byName: [HeadingName: (name: String, value: JSONValue)] = [:]
    for (name, value) in feature.properties.sorted(by: { $0.key < $1.key }) {
      byName[HeadingName(name)] = (name, value)
    }
    self.byName = byName
  }

  /// The plot's stable identifier; without one a plot cannot be tied to anybody's harvest.
  mutating func plotCode() -> PlotCode? {
    let names = [
      "codigo", "code", "plot_id", "plotid", "id_parcela", "parcela", "user_id", "id",
      "ProductionPlace",
    ]
    var text = first(names)
    if text == nil, let id = feature.id { text = Self.string(id) }
    guard let text else {
      refuse(
        "codigo", "", "plot.code-missing",
        Tabular.Wording(
          es: "La parcela no tiene identificador.", en: "The plot has no identifier."),
        Tabular.Wording(
          es: "Agregue la propiedad «codigo» (o plot_id) a cada parcela.",
          en: "Add the property “codigo” (or plot_id) to every plot."))
      return nil
    }
    return code(text, "codigo")
  }

  mutating func code<Kind>(_ names: String...) -> Code<Kind>? {
    guard let text = first(names) else { return nil }
    return code(text, names[0])
  }

  private mutating func code<Kind>(_ text: String, _ name: String) -> Code<Kind>? {
    // Names given as identifiers hold spaces; a code does not.
    let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: "-")
    do {
      return try Code<Kind>(joined)
    } catch {
      refuse(
        name, text, "code.form",
        Tabular.Wording(es: "No es un código válido.", en: "It is not a valid \(Kind.label)."),
        Tabular.Wording(
          es: "Use de 1 a 64 letras, cifras o los signos - _ . /.",
          en: "Use 1 to 64 letters, digits or the signs - _ . /."))
      return nil
    }
  }

  func text(_ names: String...) -> String? {
    first(names)
  }

  func list(_ names: String...) -> [String] {
    guard let text = first(names) else { return [] }
    return text.split(separator: ";").map { part in
      part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
  }

  /// Hectares as a number or its text, in whole square metres.
  mutating func squareMetres(_ names: String...) -> Int64? {
    guard let text = first(names) else { return nil }
    guard let hectares = Double(text), hectares > 0, hectares < 10_000_000 else {
      refuse(
        names[0], text, "area.form",
        Tabular.Wording(es: "No es un área en hectáreas.", en: "It is not an area in hectares."),
        Tabular.Wording(
          es: "Escriba un número mayor que cero, con punto decimal: 1.25.",
          en: "Write a number above zero, with a decimal point: 1.25."))
      return nil
    }
    return Int64((hectares * 10_000).rounded())
  }

  mutating func integer(_ names: String...) -> Int? {
    guard let text = first(names) else { return nil }
    guard let year = Int(text), (1_900...2_200).contains(year) else {
      refuse(
        names[0], text, "year.form", Tabular.Wording(es: "No es un año.", en: "It is no year."),
        Tabular.Wording(es: "Escriba cuatro cifras: 2012.", en: "Write four digits: 2012."))
      return nil
    }
    return year
  }

  /// The first of the names that has a value.
  private func first(_ names: [String]) -> String? {
    for name in names {
      if let text = string(name), !text.isEmpty { return text }
    }
    return nil
  }

  private func string(_ name: String) -> String? {
    let clipped = clipsNames ? byName[HeadingName(name.prefix(Self.clippedNameLength))] : nil
    return (byName[HeadingName(name)] ?? clipped).flatMap { Self.string($0.value) }
  }

  private static func string(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    case .number(let number): number.text
    default: nil
    }
  }

  private mutating func refuse(
    _ name: String, _ value: String, _ code: String, _ reason: Tabular.Wording,
    _ remedy: Tabular.Wording
  ) {
    problems.append(
      RowProblem(
        file: file, row: row, column: name, value: value, code: code, reason: reason,
        remedy: remedy))
  }
}

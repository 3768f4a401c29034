import Land

/// The picture's own words.
struct MapTexts {
  let language: MessageLanguage

  private func pick(_ es: String, _ en: String) -> String { language == .spanish ? es : en }

  var north: String { "N" }
  var south: String { "S" }
  var east: String { "E" }
  var west: String { pick("O", "W") }

  func plot(_ code: String) -> String { pick("Parcela \(code)", "Plot \(code)") }
  func mapOf(_ code: String) -> String { pick("Mapa de la parcela \(code)", "Map of plot \(code)") }
  var insidePlot: String { pick("ha en la parcela", "ha inside the plot") }

  func outline(corners: Int) -> String {
    pick("Contorno de la parcela, \(corners) vértices", "Boundary of the plot, \(corners) corners")
  }
  var disc: String {
    pick(
      "Círculo de la superficie declarada, en torno al punto declarado",
      "Circle of the declared area about the declared point")
  }

  func shows(_ dataset: String, _ version: String) -> String {
    pick(
      "El mapa «\(dataset)», versión \(version), muestra:",
      "The map “\(dataset)”, version \(version), shows:")
  }

  /// - Parameter days: the first and the last of alerts.
  func name(of kind: CellStyle.Kind, days: ClosedRange<String>? = nil) -> String {
    switch kind {
    case .cover(let name): name
    case .datedBefore(let name, let year): "\(name), \(year)"
    case .datedAfter(let name, nil): name + pick(", sin fecha que se lea", ", of no readable date")
    case .datedAfter(let name, let year?): "\(name), " + (days.map(span) ?? "\(year)")
    case .forest(let year): pick("bosque en \(year)", "forest in \(year)")
    case .lossBefore(let year), .lossAfter(let year):
      pick("pérdida de cobertura arbórea en \(year)", "tree cover loss in \(year)")
    case .named(let name): name
    }
  }

  private func span(_ days: ClosedRange<String>) -> String {
    if days.lowerBound == days.upperBound { return days.lowerBound }
    return days.lowerBound + pick(" a ", " to ") + days.upperBound
  }

  /// What a map dates up to the cut-off.
  func before(_ meaning: MapMeaning, _ years: [Int]) -> String {
    let first = years.min() ?? 0
    let last = years.max() ?? 0
    let text = first == last ? "\(first)" : "\(first)–\(last)"
    if case .dated(let name, _, _) = meaning {
      return pick(
        "\(name), \(text), hasta la fecha de corte", "\(name), \(text), up to the cut-off date")
    }
    return pick(
      "pérdida \(text), hasta la fecha de corte", "loss \(text), up to the cut-off date")
  }

  func nothing(_ meaning: MapMeaning) -> String {
    switch meaning {
    case .forest(_, let year):
      pick("ningún bosque en \(year) en este recuadro", "no forest in \(year) in this frame")
    case .lossYear:
      pick(
        "ninguna pérdida de cobertura arbórea en este recuadro",
        "no tree cover loss in this frame")
    case .cover(_, let name, _), .dated(let name, _, _):
      pick("\(name): nada en este recuadro", "\(name): none in this frame")
    case .classes: pick("nada en este recuadro", "nothing in this frame")
    }
  }

  var missing: String { pick("sin dato o fuera de este mapa", "no data, or beyond this map") }

  func stride(_ cells: Int) -> String {
    pick(
      "Dibujado con una celda de cada \(cells) × \(cells); las hectáreas salen de todas.",
      "Drawn with one cell of each \(cells) × \(cells); the hectares are from all.")
  }

  func area(_ area: MapArea) -> String {
    let kind =
      switch area.style {
      case .protected: pick("área protegida", "protected area")
      case .concession: pick("concesión", "concession")
      case .highValue: pick("alto valor de conservación", "high conservation value")
      case .highCarbon: pick("altas reservas de carbono", "high carbon stock")
      case .other: pick("área", "area")
      }
    return "\(area.name) (\(kind))"
  }

  var noLayers: String {
    pick(
      "Ningún mapa registrado llega hasta aquí.", "No registered map reaches this place.")
  }

  var caution: String {
    pick(
      "Lo que un mapa muestra no es un dictamen: los mapas yerran y no ven las causas. WGS 84.",
      "What a map shows is no verdict: maps err, and do not see causes. WGS 84.")
  }

  // MARK: Numbers

  private var point: String { pick(",", ".") }

  /// By thousands, as the pages write them.
  private func grouped(_ whole: Int) -> String {
    let digits = String(whole)
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { out += pick("\u{202F}", ",") }
      out.append(digit)
    }
    return out
  }

  /// `units` of 10^-decimals, not negative.
  func number(_ units: Int, decimals: Int) -> String {
    guard decimals > 0 else { return "\(units)" }
    var digits = String(units)
    while digits.count <= decimals { digits = "0" + digits }
    return digits.dropLast(decimals) + point + digits.suffix(decimals)
  }

  /// With two decimals; a little is never written as none.
  func hectares(_ value: Double) -> String {
    guard value.isFinite, value < 1e15 else { return "?" }
    let units = Int((max(0, value) * 100).rounded())
    if units == 0, value > 0 { return "< " + number(1, decimals: 2) }
    return grouped(units / 100) + number(units, decimals: 2).suffix(3)
  }
}

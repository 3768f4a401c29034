import Land

/// The legend: only what is on the map.
struct Legend {
  enum Swatch: Hashable {
    case fill([Color])
    /// Drawn as lines over another map of the same meaning.
    case hatched([Color])
    case missing(Hatching.Slant)
    case area(MapArea.Style)
    case outline(isDisc: Bool)
  }

  enum Row: Hashable {
    case heading(String)
    case entry(Swatch?, String, value: String?)
    case note(String)
  }

  private(set) var rows: [Row] = []
  private let texts: MapTexts

  init(_ content: PlotMapContent, _ layers: [PaintedLayer], areas: [MapArea]) {
    texts = MapTexts(language: content.language)
    let isDisc = content.declaredPoint != nil
    rows.append(
      .entry(
        .outline(isDisc: isDisc),
        isDisc ? texts.disc : texts.outline(corners: content.outline.vertexCount),
        value: texts.hectares(content.hectares)))
    for layer in layers { add(layer) }
    if layers.isEmpty { rows.append(.note(texts.noLayers)) }
    add(areas)
  }

  private mutating func add(_ painted: PaintedLayer) {
    let layer = painted.layer
    rows.append(.heading(texts.shows(layer.dataset, layer.version)))
    let before = painted.styles.filter { if case .lossBefore = $0.kind { true } else { false } }
    if !before.isEmpty {
      let years = before.map(\.order)
      rows.append(
        .entry(
          swatch(before.map(\.color), painted), texts.lossBefore(years),
          value: hectares(layer) { style in before.contains { $0.kind == style.kind } }))
    }
    for style in painted.styles where !before.contains(style) {
      rows.append(
        .entry(
          swatch([style.color], painted), texts.name(of: style.kind),
          value: hectares(layer) { $0.kind == style.kind }))
    }
    if painted.styles.isEmpty, painted.reaches {
      rows.append(.entry(nil, texts.nothing(layer.meaning), value: nil))
    }
    if painted.hasMissing {
      rows.append(
        .entry(
          .missing(painted.slant), texts.missing,
          value: layer.measured.map { texts.hectares($0.missing) }))
    }
    if layer.stride > 1 { rows.append(.note(texts.stride(layer.stride))) }
  }

  private func swatch(_ colors: [Color], _ painted: PaintedLayer) -> Swatch {
    painted.isOver ? .hatched(colors) : .fill(colors)
  }

  private func hectares(_ layer: MapLayer, _ counts: (CellStyle) -> Bool) -> String? {
    guard let measured = layer.measured else { return nil }
    var sum = 0.0
    for (value, area) in measured.byValue.sorted(by: { $0.key < $1.key }) {
      if let style = layer.meaning.style(of: value), counts(style) { sum += area }
    }
    return texts.hectares(sum)
  }

  private mutating func add(_ areas: [MapArea]) {
    var heading = ""
    for area in areas {
      let shows = texts.shows(area.dataset, area.version)
      if shows != heading { rows.append(.heading(shows)) }
      heading = shows
      rows.append(
        .entry(
          .area(area.style), texts.area(area), value: area.measuredHectares.map(texts.hectares)))
    }
  }

  /// As a sentence or more, for a person who cannot see the picture.
  var spoken: String {
    rows.map { row in
      switch row {
      case .heading(let text), .note(let text): text
      case .entry(_, let text, let value):
        value.map { "\(text): \($0) \(texts.insidePlot)." } ?? text + "."
      }
    }.joined(separator: " ")
  }
}

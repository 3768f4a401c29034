import Land

/// The legend: only what is on the map.
struct Legend {
  enum Swatch: Hashable {
    case fill([Color])
    /// Drawn as lines over another map of the same meaning.
    case hatched([Color])
    /// Drawn as a texture, over what lies below.
    case textured([CellStyle], Hatching.Slant)
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
    if layers.isEmpty, areas.isEmpty { rows.append(.note(texts.noLayers)) }
    add(areas)
  }

  private mutating func add(_ painted: PaintedLayer) {
    let layer = painted.layer
    rows.append(.heading(texts.shows(layer.dataset, layer.version)))
    let before = painted.styles.filter(\.isBefore)
    if !before.isEmpty {
      let years = before.map(\.order)
      rows.append(
        .entry(
          swatch(before, painted), texts.before(layer.meaning, years),
          value: hectares(layer) { style in before.contains { $0.kind == style.kind } }))
    }
    for style in painted.styles where !before.contains(style) {
      rows.append(
        .entry(
          swatch([style], painted),
          texts.name(of: style.kind, days: layer.days(of: style)),
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

  private func swatch(_ styles: [CellStyle], _ painted: PaintedLayer) -> Swatch {
    let colors = styles.map(\.color)
    guard styles.allSatisfy({ $0.texture == .fill }) else {
      // Years before the cut-off look alike.
      return .textured(Array(styles.prefix(1)), painted.slant)
    }
    return painted.isOver ? .hatched(colors) : .fill(colors)
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

extension CellStyle {
  /// Of a year up to that of the cut-off.
  fileprivate var isBefore: Bool {
    switch kind {
    case .lossBefore, .datedBefore: true
    default: false
    }
  }
}

extension MapLayer {
  /// The first and the last day, of those that a map of alerts tells, that a style stands for.
  fileprivate func days(of style: CellStyle) -> ClosedRange<String>? {
    guard case .dated(_, let days, _) = meaning, case .datedAfter(_, let year) = style.kind
    else { return nil }
    let seen = Set(values).compactMap { days[Int($0)] }.filter { $0.year == year }
      .compactMap(\.day)
    guard let first = seen.min(), let last = seen.max() else { return nil }
    return first...last
  }
}

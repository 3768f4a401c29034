import Land

/// Lays out a picture: code and hectares, map, scale bar and north, legend.
struct SceneBuilder {
  private let content: PlotMapContent
  private let texts: MapTexts
  private let frame: MapFrame

  /// Where the frame lies on the page.
  private static let frameLeft = 30.0
  private static let right = frameLeft + MapFrame.width
  private static let margin = 10.0

  init(_ content: PlotMapContent) throws(PlotMapError) {
    guard !content.outline.polygons.isEmpty else { throw .noOutline }
    for layer in content.layers {
      let expected = layer.grid.columns * layer.grid.rows
      guard layer.values.count == expected else {
        throw .wrongValueCount(
          dataset: layer.dataset, expected: expected, found: layer.values.count)
      }
    }
    self.content = content
    texts = MapTexts(language: content.language)
    frame = MapFrame(around: content.outline)
  }

  func scene() -> Scene {
    let top = content.subtitle == nil ? 34.0 : 48.0
    let outline = content.outline.polygons.flatMap(\.rings).map(frame.ring)
    var seen: Set<String> = []
    let layers = content.layers.enumerated().map { index, layer in
      let isOver = !seen.insert(layer.meaning.groupName).inserted
      return PaintedLayer(layer, index: index, isOver: isOver, frame: frame)
    }
    let areas = content.areas.compactMap { PaintedArea($0, on: frame, avoiding: outline) }
    let legend = Legend(content, layers, areas: areas.map(\.area))

    var map: [Mark] = [.fill([MapFrame.inside.ring], Palette.ground, isCrisp: true)]
    let furniture = FurnitureMarks(frame: frame, texts: texts)
    map += layers.flatMap(\.marks) + [furniture.crosses] + areas.flatMap(\.marks)
    map += OutlineMarks.marks(content, frame)
    let names = areas.compactMap(\.name)
    if !names.isEmpty { map.append(.group("names", names)) }
    map += furniture.edge
    let below = furniture.strip
    let rows = LegendMarks(texts: texts, left: Self.margin, right: Self.right)
      .marks(legend, caution: texts.caution)

    let legendTop = top + MapFrame.height + FurnitureMarks.stripHeight
    let marks: [Mark] =
      [.group("title", titleMarks)]
      + [
        .group("map", map.map { $0.moved(Self.frameLeft, top) }),
        .group("scale", below.map { $0.moved(Self.frameLeft, top + MapFrame.height) }),
        .group("legend", rows.marks.map { $0.moved(0, legendTop) }),
      ]
    return Scene(
      height: (legendTop + rows.height + Self.margin).rounded(.up),
      language: content.language.rawValue,
      title: texts.mapOf(content.plot), description: legend.spoken + " " + texts.caution,
      marks: marks)
  }

  private var titleMarks: [Mark] {
    let hectares = texts.hectares(content.hectares) + " ha"
    let room =
      Self.right - Self.margin - TextMetrics.width(hectares, size: 13, isBold: true) - 12
    var marks: [Mark] = [
      .text(
        SceneText(
          text: TextMetrics.fitted(texts.plot(content.plot), to: room, size: 15, isBold: true),
          at: ScenePoint(x: Self.margin, y: 24), size: 15, isBold: true)),
      .text(
        SceneText(
          text: hectares, at: ScenePoint(x: Self.right, y: 24), size: 13, isBold: true,
          anchor: .end)),
    ]
    if let subtitle = content.subtitle {
      marks.append(
        .text(
          SceneText(
            text: TextMetrics.fitted(subtitle, to: Self.right - Self.margin, size: 11),
            at: ScenePoint(x: Self.margin, y: 40), size: 11, color: Palette.soft)))
    }
    return marks
  }
}

extension Mark {
  func moved(_ x: Double, _ y: Double) -> Mark {
    let move = { (point: ScenePoint) in ScenePoint(x: point.x + x, y: point.y + y) }
    let moveAll = { (rings: [[ScenePoint]]) in rings.map { $0.map(move) } }
    switch self {
    case .fill(let rings, let color, let isCrisp):
      return .fill(moveAll(rings), color, isCrisp: isCrisp)
    case .outline(let rings, let stroke): return .outline(moveAll(rings), stroke)
    case .lines(let lines, let stroke): return .lines(moveAll(lines), stroke)
    case .dot(let at, let radius, let fill, let stroke):
      return .dot(move(at), radius: radius, fill: fill, stroke: stroke)
    case .text(let text):
      return .text(
        SceneText(
          text: text.text, at: move(text.at), size: text.size, isBold: text.isBold,
          anchor: text.anchor, color: text.color, isUpright: text.isUpright,
          hasHalo: text.hasHalo))
    case .group(let name, let marks): return .group(name, marks.map { $0.moved(x, y) })
    }
  }
}

import Land

/// A layer's marks, and what of it is on the map.
struct PaintedLayer {
  let layer: MapLayer
  let styles: [CellStyle]
  let hasMissing: Bool
  /// Some of the frame is within the map.
  let reaches: Bool
  /// Drawn as lines, because a map of the same meaning lies below.
  let isOver: Bool
  let slant: Hatching.Slant
  let marks: [Mark]

  private static let missingSpacing = 9.0
  private static let overSpacing = 6.0

  /// - Parameter index: counted from the bottom; neighbours hatch what they do not know in
  ///   different directions, so that both are seen.
  init(_ layer: MapLayer, index: Int, isOver: Bool, frame: MapFrame) {
    let cells = CellPainter(layer, on: frame)
    let slant: Hatching.Slant = index.isMultiple(of: 2) ? .rising : .falling
    self.layer = layer
    self.isOver = isOver
    self.slant = slant
    styles = cells.styles
    reaches = cells.reaches
    hasMissing = !cells.missing.isEmpty
    var marks: [Mark] = []
    if hasMissing {
      let lines = Hatching.lines(cells.missing, spacing: Self.missingSpacing, slant: slant)
      marks.append(.group("missing", [.lines(lines, Self.missingStroke)]))
    }
    let painted = cells.styles.flatMap { style in
      Self.marks(style, cells.rectangles[style] ?? [], isOver: isOver, slant: slant)
    }
    if !painted.isEmpty { marks.append(.group(layer.meaning.groupName, painted)) }
    self.marks = marks
  }

  private static func marks(
    _ style: CellStyle, _ rings: [[ScenePoint]], isOver: Bool, slant: Hatching.Slant
  ) -> [Mark] {
    switch style.texture {
    case .fill where isOver:
      return [
        .lines(
          Hatching.lines(rings, spacing: overSpacing, slant: slant),
          Stroke(color: style.lineColor, width: 1.4))
      ]
    case .fill: return [.fill(rings, style.color, isCrisp: true)]
    case .dots, .bars:
      return style.strokes.map { stroke in
        .lines(Hatching.lines(rings, spacing: style.spacing, slant: slant), stroke)
      }
    }
  }

  static var missingStroke: Stroke { Stroke(color: Palette.missing, width: 0.8) }
}

extension CellStyle {
  /// Of a texture's lines, in units along the horizontal.
  var spacing: Double { texture == .dots ? 8 : 10 }

  /// A texture's lines, the lowest first.
  var strokes: [Stroke] {
    switch texture {
    case .fill: []
    case .dots: [Stroke(color: color, width: 2.4, dash: [2.4, 4])]
    case .bars: [Stroke(color: Palette.paper, width: 4.2), Stroke(color: color, width: 2.2)]
    }
  }

  /// As a line over ground; tints would be too light.
  var lineColor: Color {
    if case .forest = kind { Palette.forestLine } else { color }
  }
}

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
    let painted = cells.styles.map { style in
      let rings = cells.rectangles[style] ?? []
      return isOver
        ? Mark.lines(
          Hatching.lines(rings, spacing: Self.overSpacing, slant: slant),
          Stroke(color: style.lineColor, width: 1.4))
        : Mark.fill(rings, style.color, isCrisp: true)
    }
    if !painted.isEmpty { marks.append(.group(layer.meaning.groupName, painted)) }
    self.marks = marks
  }

  static var missingStroke: Stroke { Stroke(color: Palette.missing, width: 0.8) }
}

extension CellStyle {
  /// As a line over ground; tints would be too light.
  var lineColor: Color {
    if case .forest = kind { Palette.forestLine } else { color }
  }
}

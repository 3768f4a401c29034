import Land

/// The legend's rows as marks, from the top of the legend down.
struct LegendMarks {
  let texts: MapTexts
  let left: Double
  let right: Double

  private static let size = 12.0
  private static let smallSize = 10.0
  private static let line = 16.0
  private static let swatchWidth = 22.0
  private static let swatchHeight = 11.0
  private static let valueWidth = 64.0

  func marks(_ legend: Legend, caution: String) -> (marks: [Mark], height: Double) {
    var marks: [Mark] = [
      text(texts.insidePlot, x: right, y: 9, size: Self.smallSize, anchor: .end, Palette.soft)
    ]
    // Below the column's heading.
    var y = 12.0
    for row in legend.rows {
      switch row {
      case .heading(let words):
        y += 5
        add(words, at: left, to: right, size: Self.size, isBold: true, &marks, &y)
      case .note(let words):
        add(words, at: left, to: right, size: Self.smallSize, isBold: false, &marks, &y)
      case .entry(let swatch, let words, let value):
        let top = y
        let textLeft = left + (swatch == nil ? 0 : Self.swatchWidth + 8)
        var entry: [Mark] = []
        add(
          words, at: textLeft, to: right - Self.valueWidth, size: Self.size, isBold: false, &entry,
          &y)
        if let value {
          entry.append(
            text(value, x: right, y: top + 12, size: Self.size, anchor: .end, Palette.ink))
        }
        if let swatch {
          let box = SceneBox(
            left: left, top: top + 3, right: left + Self.swatchWidth,
            bottom: top + 3 + Self.swatchHeight)
          entry += swatch.marks(in: box)
        }
        marks.append(.group("entry", entry))
      }
    }
    y += 6
    add(caution, at: left, to: right, size: Self.smallSize, isBold: false, &marks, &y)
    return (marks, y)
  }

  private func text(
    _ words: String, x: Double, y: Double, size: Double, isBold: Bool = false,
    anchor: SceneText.Anchor, _ color: Color
  ) -> Mark {
    .text(
      SceneText(
        text: words, at: ScenePoint(x: x, y: y), size: size, isBold: isBold, anchor: anchor,
        color: color))
  }

  private func add(
    _ words: String, at x: Double, to end: Double, size: Double, isBold: Bool,
    _ marks: inout [Mark], _ y: inout Double
  ) {
    let color = size < Self.size ? Palette.soft : Palette.ink
    for part in TextMetrics.wrapped(words, to: end - x, size: size, isBold: isBold) {
      marks.append(
        text(part, x: x, y: y + 12, size: size, isBold: isBold, anchor: .start, color))
      y += size < Self.size ? Self.line - 2 : Self.line
    }
  }
}

extension Legend.Swatch {
  func marks(in box: SceneBox) -> [Mark] {
    let edge = Mark.outline([box.ring], Stroke(color: Palette.frame, width: 0.8))
    switch self {
    case .fill(let colors):
      let step = (box.right - box.left) / Double(colors.count)
      let parts = colors.enumerated().map { index, color in
        Mark.fill(
          [
            SceneBox(
              left: box.left + step * Double(index), top: box.top,
              right: box.left + step * Double(index + 1), bottom: box.bottom
            ).ring
          ], color, isCrisp: true)
      }
      return parts + [edge]
    case .hatched(let colors):
      let color = colors.first ?? Palette.frame
      return [
        .lines(
          Hatching.lines([box.ring], spacing: 6, slant: .falling),
          Stroke(color: color == Palette.forest ? Palette.forestLine : color, width: 1.4)),
        edge,
      ]
    case .textured(let styles, let slant):
      let lines = { (style: CellStyle) in
        Hatching.lines([box.ring], spacing: style.spacing * 0.8, slant: slant)
      }
      return styles.flatMap { style in style.strokes.map { .lines(lines(style), $0) } } + [edge]
    case .missing(let slant):
      return [
        .lines(
          Hatching.lines([box.ring], spacing: 5, slant: slant), PaintedLayer.missingStroke),
        edge,
      ]
    case .area(let style):
      let stroke = Palette.area(style)
      return [
        .lines(
          Hatching.lines(
            [box.ring], spacing: 7, slant: style == .concession ? .rising : .falling),
          Stroke(color: stroke.color, width: 0.9)),
        .outline([box.ring], stroke),
      ]
    case .outline(let isDisc):
      let middle = (box.top + box.bottom) / 2
      return [
        .lines(
          [[ScenePoint(x: box.left, y: middle), ScenePoint(x: box.right, y: middle)]],
          isDisc ? OutlineMarks.discLine : OutlineMarks.line)
      ]
    }
  }
}

import Land

/// The plot itself, on top of all else.
enum OutlineMarks {
  static let line = Stroke(color: Color(0x111111), width: 2.2)
  static let discLine = Stroke(color: Color(0x111111), width: 2.2, dash: [7, 4])
  private static let casing = Stroke(color: Palette.paper, width: 4.6)
  private static let corner = Stroke(color: Color(0x111111), width: 0.9)
  private static let cornerRadius = 1.9
  /// Corners nearer to the last one drawn than this would run together, and more would hide the
  /// line.
  private static let cornerGap = 5.0
  private static let mostCorners = 90

  static func marks(_ content: PlotMapContent, _ frame: MapFrame) -> [Mark] {
    let rings = content.outline.polygons.flatMap(\.rings).map(frame.ring)
    let isDisc = content.declaredPoint != nil
    var marks: [Mark] = [
      .outline(rings, casing), .outline(rings, isDisc ? discLine : line),
    ]
    if let point = content.declaredPoint {
      let at = frame.point(point)
      let cross = [(-6.0, 0.0, 6.0, 0.0), (0, -6, 0, 6)].map { x1, y1, x2, y2 in
        [ScenePoint(x: at.x + x1, y: at.y + y1), ScenePoint(x: at.x + x2, y: at.y + y2)]
      }
      marks += [
        .lines(cross, Stroke(color: Palette.paper, width: 4)),
        .lines(cross, Stroke(color: line.color, width: 1.8)),
      ]
    } else {
      let corners = rings.flatMap(corners)
      if corners.count <= mostCorners { marks += corners }
    }
    return [.group("plot", marks)]
  }

  private static func corners(_ ring: [ScenePoint]) -> [Mark] {
    var out: [Mark] = []
    var last: ScenePoint?
    for point in ring {
      if let last {
        let (dx, dy) = (point.x - last.x, point.y - last.y)
        if dx * dx + dy * dy < cornerGap * cornerGap { continue }
      }
      out.append(.dot(point, radius: cornerRadius, fill: Palette.paper, stroke: corner))
      last = point
    }
    return out
  }
}

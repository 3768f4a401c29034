import Land

/// An area's hatching, edge and name.
struct PaintedArea {
  let area: MapArea
  let marks: [Mark]

  private static let spacing = 14.0
  private static let hatchWidth = 0.9
  private static let nameSize = 10.5
  private static let namePlaces = 16

  /// Nil if nothing of it is in the frame.
  init?(_ area: MapArea, on frame: MapFrame, avoiding outline: [[ScenePoint]]) {
    let inside = area.polygons.map { polygon in
      polygon.map { Clipping.clip(frame.ring($0), to: MapFrame.inside) }.filter { $0.count > 2 }
    }
    let seen = inside.flatMap { $0 }
    guard !seen.isEmpty else { return nil }
    let stroke = Palette.area(area.style)
    let slant: Hatching.Slant = area.style == .concession ? .rising : .falling
    var marks: [Mark] = inside.map { rings in
      .lines(
        Hatching.lines(rings, spacing: Self.spacing, slant: slant),
        Stroke(color: stroke.color, width: Self.hatchWidth))
    }
    marks.append(.lines(Self.edges(area, frame), stroke))
    let name = TextMetrics.fitted(area.name, to: MapFrame.width * 0.6, size: Self.nameSize)
    let width = TextMetrics.width(name, size: Self.nameSize, isBold: true)
    if let place = Self.place(width: width, in: inside, avoiding: outline) {
      marks.append(
        .text(
          SceneText(
            text: name, at: place, size: Self.nameSize, isBold: true, anchor: .middle,
            color: stroke.color, hasHalo: true)))
    }
    self.area = area
    self.marks = [.group("area", marks)]
  }

  /// The parts of the edge inside the frame, as open lines.
  private static func edges(_ area: MapArea, _ frame: MapFrame) -> [[ScenePoint]] {
    var out: [[ScenePoint]] = []
    for ring in area.polygons.joined() {
      var line: [ScenePoint] = []
      var last: ScenePoint?
      for point in ring.map(frame.point) {
        defer { last = point }
        guard let from = last else { continue }
        guard let (start, end) = Clipping.clip(from, point, to: MapFrame.inside) else { continue }
        if line.last != start {
          if line.count > 1 { out.append(line) }
          line = [start]
        }
        line.append(end)
      }
      if line.count > 1 { out.append(line) }
    }
    return out
  }

  /// The place inside, farthest from the plot's corners, where the name stays in the frame.
  private static func place(
    width: Double, in polygons: [[[ScenePoint]]], avoiding outline: [[ScenePoint]]
  ) -> ScenePoint? {
    let half = width / 2 + 4
    var best: (score: Double, point: ScenePoint)?
    for row in 0..<namePlaces {
      for column in 0..<namePlaces {
        let x = half + (MapFrame.width - 2 * half) * Double(column) / Double(namePlaces - 1)
        let y = 14 + (MapFrame.height - 24) * Double(row) / Double(namePlaces - 1)
        let middle = ScenePoint(x: x, y: y - nameSize / 3)
        guard polygons.contains(where: { Clipping.contains($0, middle) }),
          !Clipping.contains(outline, middle)
        else { continue }
        var near = Double.infinity
        for corner in outline.joined() {
          let dx = max(0, abs(corner.x - middle.x) - half)
          let dy = corner.y - middle.y
          near = min(near, dx * dx + dy * dy)
        }
        if near > best?.score ?? -1 { best = (near, ScenePoint(x: x, y: y)) }
      }
    }
    return best?.point
  }
}

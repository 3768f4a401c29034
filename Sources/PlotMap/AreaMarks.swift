import Land

/// An area's hatching, edge and name.
struct PaintedArea {
  let area: MapArea
  let marks: [Mark]
  /// To be drawn above the plot; nil where there is no room.
  let name: Mark?

  private static let spacing = 14.0
  private static let hatchWidth = 0.9
  private static let nameSize = 11.0
  private static let namePlaces = 24
  /// A name needs no more room than this about it, in units.
  private static let enoughRoom = 24.0

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
    self.name = Self.place(width: width, in: inside, avoiding: outline).map { place in
      .text(
        SceneText(
          text: name, at: place, size: Self.nameSize, isBold: true, anchor: .middle,
          color: stroke.color, hasHalo: true))
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

  /// The place inside the area where the name stays in the frame and lies farthest from the
  /// plot's line and the area's own; outside the plot if it can be.
  private static func place(
    width: Double, in polygons: [[[ScenePoint]]], avoiding outline: [[ScenePoint]]
  ) -> ScenePoint? {
    let half = width / 2 + 4
    guard half * 2 < MapFrame.width else { return nil }
    let plot = dense(outline)
    let edges = dense(polygons.flatMap { $0 })
    var best: (score: Double, point: ScenePoint)?
    for row in 0..<namePlaces {
      for column in 0..<namePlaces {
        let x = half + (MapFrame.width - 2 * half) * Double(column) / Double(namePlaces - 1)
        let y = 16 + (MapFrame.height - 26) * Double(row) / Double(namePlaces - 1)
        let middle = ScenePoint(x: x, y: y - nameSize / 3)
        guard polygons.contains(where: { Clipping.contains($0, middle) }) else { continue }
        let room = min(
          distance(middle, half, to: plot) / 2, distance(middle, half, to: edges), enoughRoom)
        // A little nearer to the frame's middle, where all else is equal.
        let off = abs(x - MapFrame.width / 2) + abs(y - MapFrame.height / 2)
        let score = room - off / 1_000 - (Clipping.contains(outline, middle) ? enoughRoom : 0)
        if score > best?.score ?? -.infinity { best = (score, ScenePoint(x: x, y: y)) }
      }
    }
    return best?.point
  }

  /// From a name's box, so many units wide each way, to the nearest point.
  private static func distance(
    _ middle: ScenePoint, _ half: Double, to points: [ScenePoint]
  ) -> Double {
    var least = Double.infinity
    for point in points {
      let dx = max(0, abs(point.x - middle.x) - half)
      let dy = max(0, abs(point.y - middle.y) - nameSize / 2)
      least = min(least, dx * dx + dy * dy)
    }
    return least.squareRoot()
  }

  /// Points along rings, some units apart; only those in the frame.
  private static func dense(_ rings: [[ScenePoint]]) -> [ScenePoint] {
    var out: [ScenePoint] = []
    for ring in rings {
      guard var last = ring.last else { continue }
      for point in ring {
        let (dx, dy) = (point.x - last.x, point.y - last.y)
        let steps = Int((max(abs(dx), abs(dy)) / 8).rounded(.up))
        for step in 0..<max(1, steps) {
          let share = Double(step) / Double(max(1, steps))
          out.append(ScenePoint(x: last.x + dx * share, y: last.y + dy * share))
        }
        last = point
      }
    }
    return out.filter(MapFrame.inside.contains)
  }
}

/// Cuts rings to a box, and judges places against rings.
enum Clipping {
  /// What of a ring lies in the box (Sutherland and Hodgman, 1974); its pieces stay joined along
  /// the box's edge.
  static func clip(_ ring: [ScenePoint], to box: SceneBox) -> [ScenePoint] {
    var ring = ring
    ring = cut(ring, value: { $0.x - box.left })
    ring = cut(ring, value: { box.right - $0.x })
    ring = cut(ring, value: { $0.y - box.top })
    return cut(ring, value: { box.bottom - $0.y })
  }

  /// Keeps the side where the value, which is linear, is not negative.
  private static func cut(
    _ ring: [ScenePoint], value: (ScenePoint) -> Double
  ) -> [ScenePoint] {
    guard var last = ring.last else { return [] }
    var out: [ScenePoint] = []
    var lastValue = value(last)
    for point in ring {
      let pointValue = value(point)
      if (lastValue < 0) != (pointValue < 0) {
        let share = lastValue / (lastValue - pointValue)
        out.append(
          ScenePoint(
            x: last.x + (point.x - last.x) * share, y: last.y + (point.y - last.y) * share))
      }
      if pointValue >= 0 { out.append(point) }
      last = point
      lastValue = pointValue
    }
    return out
  }

  /// What of a line lies in the box (Liang and Barsky, 1984); nil if nothing.
  static func clip(
    _ from: ScenePoint, _ to: ScenePoint, to box: SceneBox
  ) -> (ScenePoint, ScenePoint)? {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    var (first, last) = (0.0, 1.0)
    let sides = [
      (-dx, from.x - box.left), (dx, box.right - from.x), (-dy, from.y - box.top),
      (dy, box.bottom - from.y),
    ]
    for (step, room) in sides {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        first = max(first, room / step)
      } else {
        last = min(last, room / step)
      }
    }
    guard first < last else { return nil }
    let at = { (share: Double) in ScenePoint(x: from.x + dx * share, y: from.y + dy * share) }
    return (first == 0 ? from : at(first), last == 1 ? to : at(last))
  }

  /// By the even-odd rule.
  static func contains(_ rings: [[ScenePoint]], _ point: ScenePoint) -> Bool {
    var isInside = false
    for ring in rings {
      guard var last = ring.last else { continue }
      for corner in ring {
        if (corner.y > point.y) != (last.y > point.y),
          point.x < corner.x + (last.x - corner.x) * (point.y - corner.y) / (last.y - corner.y)
        {
          isInside.toggle()
        }
        last = corner
      }
    }
    return isInside
  }
}

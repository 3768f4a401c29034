/// Slanted lines inside rings, as lines: no pattern or clip of a drawing library is needed, and
/// both forms of a picture get the same.
enum Hatching {
  enum Slant: Sendable {
    case rising, falling
  }

  /// Lines at 45°, so far apart measured along the horizontal; even-odd.
  static func lines(
    _ rings: [[ScenePoint]], spacing: Double, slant: Slant
  ) -> [[ScenePoint]] {
    // u is constant along a line, v goes along it.
    let sign: Double = slant == .rising ? 1 : -1
    var crossings: [Int: [Double]] = [:]
    for ring in rings {
      guard let final = ring.last else { continue }
      var last = (u: final.x + sign * final.y, v: final.x - sign * final.y)
      for corner in ring {
        let next = (u: corner.x + sign * corner.y, v: corner.x - sign * corner.y)
        let low = min(last.u, next.u)
        let high = max(last.u, next.u)
        var line = Int((low / spacing).rounded(.up))
        while Double(line) * spacing < high {
          let share = (Double(line) * spacing - last.u) / (next.u - last.u)
          crossings[line, default: []].append(last.v + (next.v - last.v) * share)
          line += 1
        }
        last = next
      }
    }
    var out: [[ScenePoint]] = []
    for (line, values) in crossings.sorted(by: { $0.key < $1.key }) {
      for (from, to) in spans(values.sorted()) {
        let u = Double(line) * spacing
        out.append(
          [from, to].map { ScenePoint(x: (u + $0) / 2, y: sign * (u - $0) / 2) })
      }
    }
    return out
  }

  /// Pairs of crossings; spans that touch, as those of neighbouring cells, become one.
  private static func spans(_ values: [Double]) -> [(Double, Double)] {
    var out: [(Double, Double)] = []
    var index = 0
    while index + 1 < values.count {
      let (from, to) = (values[index], values[index + 1])
      if let last = out.last, from - last.1 < 1e-6 {
        out[out.count - 1].1 = to
      } else if to - from > 1e-6 {
        out.append((from, to))
      }
      index += 2
    }
    return out
  }
}

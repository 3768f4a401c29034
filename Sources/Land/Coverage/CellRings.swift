/// A plot's rings in cells of a raster: x eastward from the west edge of its window, y southward
/// from the north edge.
///
/// Coordinates are put on multiples of 2^-30 of a cell (28 nm at 30 m). That undoes what binary
/// makes of 0.00025°: a vertex meant to lie on a grid line does, and touches no cell beyond it.
struct CellRings {
  struct Edge {
    let x0: Double
    let y0: Double
    let x1: Double
    let y1: Double
  }

  /// Edges that go north or south; those along a row bear no area.
  let edges: [Edge]
  /// The window's first cell in the raster, which may lie beyond it.
  let column: Int
  let row: Int
  let columns: Int
  let rows: Int
  /// The area of the rings in cells: shells less holes.
  let area: Double

  private static let farthestCell = 8_388_608.0  // 2^23
  private static let steps = 1_073_741_824.0  // 2^30

  init(
    _ polygons: [Polygon], on grid: RasterGrid, limits: CoverageLimits
  ) throws(CoverageError) {
    let rings = polygons.flatMap(\.rings).map { ring in
      ring.map { position in
        (
          x: Self.snapped((position.longitude - grid.west) / grid.cellWidth),
          y: Self.snapped((grid.north - position.latitude) / grid.cellHeight)
        )
      }
    }
    guard let first = rings.first?.first else { throw .pointHasNoArea }
    var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
    for point in rings.joined() {
      (left, right) = (min(left, point.x), max(right, point.x))
      (top, bottom) = (min(top, point.y), max(bottom, point.y))
    }
    // As far as coordinates in steps of 2^-30 are exact, and no further.
    let farthest = max(abs(left), abs(right), abs(top), abs(bottom))
    guard farthest <= Self.farthestCell else { throw .tooFar(limit: Int(Self.farthestCell)) }
    let width = max(1, right.rounded(.up) - left.rounded(.down))
    let height = max(1, bottom.rounded(.up) - top.rounded(.down))
    guard width * height <= Double(limits.cellsPerGeometry) else {
      throw .tooManyCells(cells: width * height, limit: limits.cellsPerGeometry)
    }
    let west = left.rounded(.down)
    let north = top.rounded(.down)

    var edges: [Edge] = []
    var area = 0.0
    for ring in rings {
      // Both are multiples of 2^-30, so the differences are exact.
      let local = ring.map { (x: $0.x - west, y: $0.y - north) }
      area += Self.area(local)
      for (a, b) in zip(local, local.dropFirst()) where a.y != b.y {
        edges.append(Edge(x0: a.x, y0: a.y, x1: b.x, y1: b.y))
      }
    }
    (self.column, self.row) = (Int(west), Int(north))
    (self.columns, self.rows) = (Int(width), Int(height))
    self.edges = edges
    self.area = area
  }

  private static func snapped(_ value: Double) -> Double {
    (value * steps).rounded() / steps
  }

  /// Positive for shells: counter-clockwise on the map, where y goes the other way.
  private static func area(_ ring: [(x: Double, y: Double)]) -> Double {
    guard let origin = ring.first else { return 0 }
    var sum = 0.0
    for (a, b) in zip(ring, ring.dropFirst()) {
      sum += (b.x - origin.x) * (a.y - origin.y) - (a.x - origin.x) * (b.y - origin.y)
    }
    return sum / 2
  }
}

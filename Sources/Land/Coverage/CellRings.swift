/// A plot's rings in cells of a raster: x eastward from the west edge of its window, y southward
/// from the north edge.
///
/// Coordinates are put on multiples of 2^-30 of a cell (28 nm at 30 m). That undoes what binary
/// makes of 0.00025°: a vertex meant to lie on a grid line does, and touches no cell beyond it.
@safe
struct CellRings: ~Copyable {
  /// The window's first cell in the raster, which may lie beyond it.
  private(set) var column = 0
  private(set) var row = 0
  private(set) var columns = 0
  private(set) var rows = 0
  /// The area of the rings in cells: shells less holes.
  private(set) var area = 0.0
  /// Where each ring ends among the points.
  private(set) var ends: [Int] = []
  /// x and y of each point in turn.
  private var memory = RawMemory(bytes: 1 << 12)
  private var count = 0

  private static let farthestCell = 8_388_608.0  // 2^23
  private static let steps = 1_073_741_824.0  // 2^30

  /// Takes a plot's rings, in place of those of the plot before.
  mutating func take(
    _ polygons: [Polygon], on grid: RasterGrid, limits: CoverageLimits
  ) throws(CoverageError) {
    place(polygons, on: grid)
    guard count > 0 else { throw .pointHasNoArea }
    let points = unsafe self.points
    var (left, top) = unsafe (points[0], points[1])
    var (right, bottom) = (left, top)
    for index in 1..<count {
      let (x, y) = unsafe (points[2 * index], points[2 * index + 1])
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
    }
    // As far as coordinates in steps of 2^-30 are exact, and no further.
    let farthest = max(abs(left), abs(right), abs(top), abs(bottom))
    guard farthest <= Self.farthestCell else { throw .tooFar(limit: Int(Self.farthestCell)) }
    let west = left.rounded(.down)
    let north = top.rounded(.down)
    let width = max(1, right.rounded(.up) - west)
    let height = max(1, bottom.rounded(.up) - north)
    guard width * height <= Double(limits.cellsPerGeometry) else {
      throw .tooManyCells(cells: width * height, limit: limits.cellsPerGeometry)
    }
    // Both are multiples of 2^-30, so the differences are exact.
    for index in 0..<count {
      unsafe points[2 * index] -= west
      unsafe points[2 * index + 1] -= north
    }
    (column, row) = (Int(west), Int(north))
    (columns, rows) = (Int(width), Int(height))
    measure()
  }

  /// The points of all rings, valid until the next plot.
  var points: UnsafeMutablePointer<Double> {
    unsafe memory.start.assumingMemoryBound(to: Double.self)
  }

  private mutating func place(_ polygons: [Polygon], on grid: RasterGrid) {
    var wanted = 0
    for polygon in polygons {
      wanted += polygon.shell.count
      for hole in polygon.holes { wanted += hole.count }
    }
    memory.reserve(wanted * 2 * MemoryLayout<Double>.stride)
    ends.removeAll(keepingCapacity: true)
    count = 0
    for polygon in polygons {
      place(polygon.shell, on: grid)
      for hole in polygon.holes { place(hole, on: grid) }
    }
  }

  private mutating func place(_ ring: [Position], on grid: RasterGrid) {
    var target = unsafe points + 2 * count
    let (west, north) = (grid.west, grid.north)
    let (width, height) = (grid.cellWidth, grid.cellHeight)
    unsafe ring.withUnsafeBufferPointer { ring in
      for index in ring.indices {
        let position = unsafe ring[index]
        unsafe target[0] = Self.snapped((position.longitude - west) / width)
        unsafe target[1] = Self.snapped((north - position.latitude) / height)
        unsafe target += 2
      }
    }
    count += ring.count
    ends.append(count)
  }

  /// To the nearest multiple of 2^-30, a tie to the even one.
  @inline(__always)
  private static func snapped(_ value: Double) -> Double {
    // Near 1.5 · 2^22 doubles are 2^-30 apart, so adding rounds.
    let magic = 6_291_456.0
    guard abs(value) < 2_097_152 else {
      return (value * steps).rounded(.toNearestOrEven) / steps
    }
    return (value + magic) - magic
  }

  /// Positive for shells: counter-clockwise on the map, where y goes the other way.
  private mutating func measure() {
    let points = unsafe self.points
    var first = 0
    area = 0
    for end in ends {
      guard first < end else { continue }
      let (x0, y0) = unsafe (points[2 * first], points[2 * first + 1])
      var sum = 0.0
      for index in first..<end - 1 {
        let (ax, ay) = unsafe (points[2 * index], points[2 * index + 1])
        let (bx, by) = unsafe (points[2 * index + 2], points[2 * index + 3])
        sum += (bx - x0) * (ay - y0) - (ax - x0) * (by - y0)
      }
      area += sum / 2
      first = end
    }
  }
}

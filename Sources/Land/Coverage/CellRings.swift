/// A plot's rings in cells of a raster: x eastward from the west edge of its window, y southward
/// from the north edge.
///
/// Coordinates are put on multiples of 2^-30 of a cell (28 nm at 30 m). That undoes what binary
/// makes of 0.00025°: a vertex meant to lie on a grid line does, and touches no cell beyond it.
@safe
struct CellRings: ~Copyable {
  /// x and y.
  typealias Point = SIMD2<Double>

  /// The window's first cell in the raster, which may lie beyond it.
  private(set) var column = 0
  private(set) var row = 0
  private(set) var columns = 0
  private(set) var rows = 0
  /// The area of the rings in cells: shells less holes.
  private(set) var area = 0.0
  private(set) var ringCount = 0
  private(set) var count = 0
  private var memory = RawMemory(bytes: 1 << 12)
  private var endMemory = RawMemory(bytes: 1 << 8)

  private static let farthestCell = 8_388_608.0  // 2^23
  private static let steps = 1_073_741_824.0  // 2^30
  /// Near 1.5 · 2^22 doubles are 2^-30 apart, so adding this rounds to that.
  private static let magic = 6_291_456.0
  /// As far as adding it rounds so.
  private static let magicReach = 2_097_152.0

  /// The points of all rings, valid until the next plot.
  var points: UnsafeMutablePointer<Point> {
    unsafe memory.start.assumingMemoryBound(to: Point.self)
  }

  /// Where each ring ends among the points.
  var ends: UnsafeMutablePointer<Int> {
    unsafe endMemory.start.assumingMemoryBound(to: Int.self)
  }

  /// Takes a plot's rings, in place of those of the plot before.
  mutating func take(
    _ plot: PlotGeometry, on grid: RasterGrid, limits: CoverageLimits
  ) throws(CoverageError) {
    (count, ringCount) = (0, 0)
    if case .multiPolygon(let polygons) = plot {
      makeRoom(polygons)
      for polygon in polygons {
        place(polygon.shell, on: grid)
        for hole in polygon.holes { place(hole, on: grid) }
      }
    }
    guard count > 0 else { throw .pointHasNoArea }
    let (least, most) = box()
    // As far as coordinates in steps of 2^-30 are exact, and no further.
    let farthest = max(max(abs(least.x), abs(most.x)), max(abs(least.y), abs(most.y)))
    guard farthest <= Self.farthestCell else { throw .tooFar(limit: Int(Self.farthestCell)) }
    let corner = Point(least.x.rounded(.down), least.y.rounded(.down))
    let width = max(1, most.x.rounded(.up) - corner.x)
    let height = max(1, most.y.rounded(.up) - corner.y)
    guard width * height <= Double(limits.cellsPerGeometry) else {
      throw .tooManyCells(cells: width * height, limit: limits.cellsPerGeometry)
    }
    (column, row) = (Int(corner.x), Int(corner.y))
    (columns, rows) = (Int(width), Int(height))
    move(by: corner)
  }

  private mutating func makeRoom(_ polygons: [Polygon]) {
    var (wanted, rings) = (0, 0)
    for polygon in polygons {
      wanted += polygon.shell.count
      for hole in polygon.holes { wanted += hole.count }
      rings += 1 + polygon.holes.count
    }
    memory.reserve(wanted * MemoryLayout<Point>.stride)
    endMemory.reserve(rings * MemoryLayout<Int>.stride)
  }

  private mutating func place(_ ring: [Position], on grid: RasterGrid) {
    let target = unsafe points + count
    let corner = Point(grid.west, grid.north)
    // Latitude goes north and y south.
    let cell = Point(grid.cellWidth, -grid.cellHeight)
    let magic = Point(repeating: Self.magic)
    unsafe ring.withUnsafeBufferPointer { ring in
      for index in 0..<ring.count {
        let position = unsafe ring[index]
        let exact = (Point(position.longitude, position.latitude) - corner) / cell
        unsafe target[index] = (exact + magic) - magic
        if abs(exact.x) >= Self.magicReach || abs(exact.y) >= Self.magicReach {
          unsafe target[index] = Point(Self.snapped(exact.x), Self.snapped(exact.y))
        }
      }
    }
    count += ring.count
    unsafe ends[ringCount] = count
    ringCount += 1
  }

  /// To the nearest multiple of 2^-30, a tie to the even one.
  private static func snapped(_ value: Double) -> Double {
    guard abs(value) < magicReach else {
      return (value * steps).rounded(.toNearestOrEven) / steps
    }
    return (value + magic) - magic
  }

  private func box() -> (least: Point, most: Point) {
    let points = unsafe self.points
    var (least, most) = unsafe (points[0], points[0])
    for index in 1..<count {
      let point = unsafe points[index]
      least.x = point.x < least.x ? point.x : least.x
      least.y = point.y < least.y ? point.y : least.y
      most.x = point.x > most.x ? point.x : most.x
      most.y = point.y > most.y ? point.y : most.y
    }
    return (least, most)
  }

  /// Makes the points count from the window's corner, and measures the rings: positive for
  /// shells, which are counter-clockwise on the map, where y goes the other way.
  private mutating func move(by corner: Point) {
    let points = unsafe self.points
    var first = 0
    area = 0
    for ring in 0..<ringCount {
      let end = unsafe ends[ring]
      guard first < end else { continue }
      // All are multiples of 2^-30, so the differences are exact.
      let start = unsafe points[first] - corner
      var (sum, before) = (0.0, Point.zero)
      unsafe points[first] = start
      for index in first + 1..<end {
        let point = unsafe points[index] - corner
        unsafe points[index] = point
        let here = point - start
        sum += here.x * before.y - before.x * here.y
        before = here
      }
      area += sum / 2
      first = end
    }
  }
}

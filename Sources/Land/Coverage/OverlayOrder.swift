/// The order in which plots are taken: along a curve over the blocks of the raster with the
/// smallest cells.
struct OverlayOrder {
  /// Numbers whose lower 32 bits are the plots' indexes.
  private let order: [UInt64]
  /// Where the plots' corners lie in memory, in that order.
  private let corners: [CornerPlace]

  init(_ rasters: [RasterSource], _ plots: [PlotGeometry]) {
    let keys = BlockCurve(rasters)
    var order: [UInt64] = []
    var corners: [CornerPlace] = []
    order.reserveCapacity(plots.count)
    corners.reserveCapacity(plots.count)
    for (index, plot) in plots.enumerated() {
      // Each list tells where its corners are, so both are asked for before they are needed.
      CornerPlace.prefetchList(of: plots[min(index &+ 8, plots.count &- 1)])
      CornerPlace(plots[min(index &+ 4, plots.count &- 1)]).prefetch(lines: 1)
      order.append(keys.key(of: Self.place(plot)) << 32 | UInt64(index))
      corners.append(CornerPlace(plot))
    }
    order.sort()
    self.corners = order.map { corners[Int($0 & 0xFFFF_FFFF)] }
    self.order = order
  }

  /// The index of the plot at a place of the curve.
  @inline(__always)
  subscript(place: Int) -> Int { Int(order[place] & 0xFFFF_FFFF) }

  /// Has the corners of the plot at a place brought near: plots lie in memory as they were given,
  /// not as they are taken.
  @inline(__always)
  func prefetch(_ place: Int) { corners[place].prefetch(lines: CornerPlace.usualLines) }

  /// Any of its places will do: plots are small beside blocks.
  private static func place(_ plot: PlotGeometry) -> Position {
    switch plot {
    case .point(let position): position
    case .multiPolygon(let polygons):
      polygons.first?.shell.first ?? Position(longitude: 0, latitude: 0)
    }
  }
}

/// Where the blocks of the raster with the smallest cells lie on the curve.
private struct BlockCurve {
  private var (west, north) = (0.0, 0.0)
  private var (width, height) = (1.0, 1.0)
  private var levels: UInt32 = 0

  init(_ rasters: [RasterSource]) {
    let finest = rasters.min {
      $0.grid.cellWidth * $0.grid.cellHeight < $1.grid.cellWidth * $1.grid.cellHeight
    }
    guard let layout = finest?.layout else { return }
    (west, north) = (layout.grid.west, layout.grid.north)
    width = layout.grid.cellWidth * Double(layout.blockColumns)
    height = layout.grid.cellHeight * Double(layout.blockRows)
    // As few levels as hold all blocks.
    let most = max(
      layout.grid.columns / layout.blockColumns, layout.grid.rows / layout.blockRows, 1)
    levels = UInt32(min(Int.bitWidth - most.leadingZeroBitCount, 16))
  }

  func key(of position: Position) -> UInt64 {
    let farthest = Double((1 << levels) - 1)
    let x = min(max((position.longitude - west) / width, 0), farthest)
    let y = min(max((north - position.latitude) / height, 0), farthest)
    return HilbertCurve.place(x: UInt32(x), y: UInt32(y), levels: levels)
  }
}

/// Hilbert's curve: places near each other on it are near each other on the plane.
enum HilbertCurve {
  /// The number of the cell at `x`, `y` of 2^`levels` × 2^`levels` cells.
  static func place(x: UInt32, y: UInt32, levels: UInt32) -> UInt64 {
    var (x, y) = (x, y)
    var place: UInt64 = 0
    let all = UInt32(truncatingIfNeeded: (UInt64(1) << levels) - 1)
    var level = levels
    while level > 0 {
      level -= 1
      let right = (x >> level) & 1
      let up = (y >> level) & 1
      place = place << 2 | UInt64((3 * right) ^ up)
      // The quarter's own curve is turned.
      if up == 0 {
        if right == 1 { (x, y) = (all - x & all, all - y & all) }
        (x, y) = (y, x)
      }
    }
    return place
  }
}

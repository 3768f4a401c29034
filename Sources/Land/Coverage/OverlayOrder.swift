/// The order in which plots are taken.
enum OverlayOrder {
  /// Numbers whose lower 32 bits are the plots' indexes, along the curve over the blocks of the
  /// raster with the smallest cells.
  static func along(_ rasters: [RasterSource], _ plots: [PlotGeometry]) -> [UInt64] {
    let finest = rasters.min {
      $0.grid.cellWidth * $0.grid.cellHeight < $1.grid.cellWidth * $1.grid.cellHeight
    }
    guard let layout = finest?.layout else { return plots.indices.map { UInt64($0) } }
    let width = layout.grid.cellWidth * Double(layout.blockColumns)
    let height = layout.grid.cellHeight * Double(layout.blockRows)
    // As few levels as hold all blocks.
    let most = max(
      layout.grid.columns / layout.blockColumns, layout.grid.rows / layout.blockRows, 1)
    let levels = UInt32(min(Int.bitWidth - most.leadingZeroBitCount, 16))
    let farthest = Double((1 << levels) - 1)
    var order: [UInt64] = []
    order.reserveCapacity(plots.count)
    for (index, plot) in plots.enumerated() {
      let position = place(plot)
      let x = min(max((position.longitude - layout.grid.west) / width, 0), farthest)
      let y = min(max((layout.grid.north - position.latitude) / height, 0), farthest)
      let key = HilbertCurve.place(x: UInt32(x), y: UInt32(y), levels: levels)
      order.append(key << 32 | UInt64(index))
    }
    order.sort()
    return order
  }

  /// Any of its places will do: plots are small beside blocks.
  private static func place(_ plot: PlotGeometry) -> Position {
    switch plot {
    case .point(let position): position
    case .multiPolygon(let polygons):
      polygons.first?.shell.first ?? Position(longitude: 0, latitude: 0)
    }
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

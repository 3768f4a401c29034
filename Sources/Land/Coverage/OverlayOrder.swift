import CGeo

/// The order in which plots are taken.
struct OverlayOrder {
  /// Numbers whose lower 32 bits are the plots' indexes.
  private let order: [UInt64]
  /// Where each plot's corners lie in memory, by its index.
  private let corners: [CornerPlace]

  /// Of the first shell and of the list that holds it; never read, only brought near.
  private struct CornerPlace {
    var list: UInt = 0
    var shell: UInt = 0
  }

  /// Along the curve over the blocks of the raster with the smallest cells.
  init(_ rasters: [RasterSource], _ plots: [PlotGeometry]) {
    (order, corners) = (Self.along(rasters, plots), plots.map(Self.corners))
  }

  /// The index of the plot at a place of the curve.
  @inline(__always)
  subscript(place: Int) -> Int { Int(order[place] & 0xFFFF_FFFF) }

  /// Has the corners of the plot at a place brought near: plots lie in memory as they were given,
  /// not as they are taken.
  @inline(__always)
  func prefetch(_ place: Int) {
    let corners = corners[self[place]]
    unsafe raiz_prefetch(UnsafeRawPointer(bitPattern: corners.list))
    for line in 0..<Self.lines {
      unsafe raiz_prefetch(UnsafeRawPointer(bitPattern: corners.shell &+ UInt(line &* 64)))
    }
  }

  /// Of the memory that is brought near: as many as 60 corners fill.
  private static let lines = 16

  private static func corners(_ plot: PlotGeometry) -> CornerPlace {
    guard case .multiPolygon(let polygons) = plot, let first = polygons.first else {
      return CornerPlace()
    }
    // An array is the address of what it holds.
    return unsafe CornerPlace(
      list: unsafeBitCast(polygons, to: UInt.self), shell: unsafeBitCast(first.shell, to: UInt.self)
    )
  }

  private static func along(_ rasters: [RasterSource], _ plots: [PlotGeometry]) -> [UInt64] {
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

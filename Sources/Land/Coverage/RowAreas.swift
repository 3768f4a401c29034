/// Square metres of a cell by row, remembered: plots near each other share rows.
@safe
struct RowAreas: ~Copyable {
  private struct Known {
    var row: Int
    var squareMetres: Double
  }

  /// Rows of 10 m over 3°; a power of 2.
  private static let remembered = 1 << 15
  /// Learnt together: neighbours are needed soon.
  private static let together = 4
  private let grid: RasterGrid
  private let strip: EllipsoidStrip
  private let memory: RawMemory

  init(_ grid: RasterGrid) {
    self.grid = grid
    strip = grid.strip
    memory = RawMemory(bytes: Self.remembered * MemoryLayout<Known>.stride)
    for index in 0..<Self.remembered {
      unsafe known[index] = Known(row: .min, squareMetres: 0)
    }
  }

  private var known: UnsafeMutablePointer<Known> {
    unsafe memory.start.assumingMemoryBound(to: Known.self)
  }

  @inline(__always)
  func squareMetres(row: Int) -> Double {
    let place = unsafe known + (row & (Self.remembered - 1))
    if unsafe place.pointee.row == row { return unsafe place.pointee.squareMetres }
    return learn(row)
  }

  @inline(never)
  private func learn(_ row: Int) -> Double {
    let first = row & -Self.together
    let rows = Double(first) + SIMD4(0, 1, 2, 3)
    let areas = grid.cellSquareMetres(rows: rows, strip)
    let place = unsafe known + (first & (Self.remembered - 1))
    for lane in 0..<Self.together {
      unsafe place[lane] = Known(row: first + lane, squareMetres: areas[lane])
    }
    return areas[row - first]
  }
}

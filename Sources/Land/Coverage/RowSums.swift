/// Cells of one class beside each other.
struct CellRun {
  /// What is covered of them, in units of ``CellPart``.
  var parts: Int64 = 0
  /// How many are.
  var cells = 0

  /// So many cells surely do not overflow.
  static let longest = 1 << 12

  @inline(__always)
  mutating func addWhole(_ cells: Int) {
    parts &+= Int64(cells) &* CellPart.one
    self.cells &+= cells
  }
}

/// What the cells of a row add up to.
struct RowSums {
  /// All coverage, in cells.
  private(set) var sum = 0.0
  /// The same, without runs in which no cell counts.
  private(set) var touched = 0.0
  /// Some cell is covered less than not at all, or more than once.
  var isBreached = false

  /// Below zero where a cell is covered less than not at all, or more than once.
  @inline(__always)
  static func breach(_ coverage: SIMD2<Int64>) -> SIMD2<Int64> {
    (coverage &+ SIMD2(repeating: CellPart.slack))
      | (SIMD2(repeating: CellPart.one + CellPart.slack) &- coverage)
  }

  /// 1 where a cell counts, else 0. No branch: nobody can guess where a plot begins.
  @inline(__always)
  static func touched(_ coverage: SIMD2<Int64>) -> SIMD2<Int64> {
    let below = SIMD2<UInt64>(
      truncatingIfNeeded: SIMD2(repeating: CellPart.floor) &- coverage)
    return SIMD2(truncatingIfNeeded: below &>> SIMD2(repeating: 63))
  }

  /// Counts a run as cells of a value, and begins another.
  @inline(__always)
  mutating func close(
    _ run: inout CellRun, _ value: Int, _ area: Double, _ tally: inout CoverageTally
  ) {
    guard let size = close(&run) else { return }
    tally.add(value, squareMetres: size.covered * area, cells: size.cells)
  }

  /// The same, for cells that the raster does not have.
  @inline(__always)
  mutating func closeOutside(
    _ run: inout CellRun, _ area: Double, _ tally: inout CoverageTally
  ) {
    guard let size = close(&run) else { return }
    tally.outsideSquareMetres += size.covered * area
  }

  /// - Returns: What is covered of a run in which some cell counts, in cells, and how many do.
  @inline(__always)
  private mutating func close(_ run: inout CellRun) -> (covered: Double, cells: Int)? {
    let (covered, cells) = (Double(run.parts) * CellPart.unit, run.cells)
    run = CellRun()
    sum += covered
    guard cells > 0 else { return nil }
    touched += covered
    return (covered, cells)
  }
}

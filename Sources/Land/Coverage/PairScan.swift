/// Takes the sums of one row of a plot's window two cells at a time, all in the same way: for rows
/// that are narrow and lie in the raster. The same bits as ``RowScan``.
///
/// Rows are not searched for cells that no edge touches: where those begin and end cannot be
/// guessed, and a wrong guess costs as much as some cells.
@safe
struct PairScan<Cell: FixedWidthInteger> {
  private typealias Pair = SIMD2<Int64>

  /// The values of the window's columns.
  let values: UnsafePointer<Cell>
  /// Square metres of a cell.
  let area: Double

  /// As wide as rows may be: in wider ones the search is worth it.
  static var most: Int { 64 }

  init(values: UnsafePointer<Cell>, area: Double) {
    unsafe self.values = values
    self.area = area
  }

  /// Adds the columns that edges reach, and leaves zeros.
  @inline(__always)
  func run(
    _ cells: UnsafeMutablePointer<CellEdges.Left>, _ reach: (first: Int, end: Int),
    _ tally: inout CoverageTally
  ) -> RowSums {
    var sums = RowSums()
    var (running, breach) = (Pair.zero, Pair.zero)
    var (parts, counts) = (Pair.zero, Pair.zero)
    var column = reach.first
    let last = reach.end &- 1
    // Edges along the east side leave something there, which ends the last pair.
    defer { unsafe cells[reach.end] = .zero }
    guard column <= last else { return sums }
    var value = unsafe values[column]
    while true {
      var (coverage, count) = (Pair.zero, Pair.zero)
      var (here, next) = (value, value)
      // Nothing else in this loop, so that all stays in registers.
      repeat {
        coverage = unsafe Self.take(cells + column, &running)
        breach |= RowSums.breach(coverage)
        count = RowSums.touched(coverage)
        unsafe here = values[column]
        // Beyond the last column edges leave nothing, so any value will do.
        next = unsafe values[column < last ? column &+ 1 : last]
        guard here == value && next == value else { break }
        parts &+= coverage
        counts &+= count
        (coverage, count) = (.zero, .zero)
        column &+= 2
      } while column <= last
      if column > last { break }
      var run = CellRun(parts: parts.wrappedSum(), cells: Int(counts.wrappedSum()))
      if here != value { sums.close(&run, Int(value), area, &tally) }
      run.parts &+= coverage.x
      run.cells &+= Int(count.x)
      if next != here { sums.close(&run, Int(here), area, &tally) }
      (parts, counts) = (Pair(run.parts &+ coverage.y, 0), Pair(Int64(run.cells) &+ count.y, 0))
      value = next
      column &+= 2
      if column > last { break }
    }
    var run = CellRun(parts: parts.wrappedSum(), cells: Int(counts.wrappedSum()))
    sums.close(&run, Int(value), area, &tally)
    sums.isBreached = (breach.x | breach.y) < 0
    tally.totalSquareMetres += sums.touched * area
    return sums
  }

  /// The coverage of two cells; leaves zeros.
  @inline(__always)
  private static func take(
    _ cell: UnsafeMutablePointer<CellEdges.Left>, _ running: inout Pair
  ) -> Pair {
    let (west, east) = unsafe (cell[0], cell[1])
    unsafe cell[0] = .zero
    unsafe cell[1] = .zero
    let heights = Pair(west.x, east.x)
    let here = running &+ (heights &+ Pair(0, west.x))
    running = Pair(here.y, here.y)
    return here &- Pair(west.y, east.y)
  }
}

/// Takes the sums of one row of a plot's window two cells at a time, all in the same way: for rows
/// that are narrow and lie in the raster. The same bits as ``RowScan``.
///
/// Rows are not searched for cells that no edge touches: where those begin and end cannot be
/// guessed, and a wrong guess costs as much as some cells.
@safe
struct PairScan<Cell: FixedWidthInteger> {
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
  ) -> PairSums {
    var sums = PairSums()
    var run = Run()
    var total = 0.0
    var column = reach.first
    var value = unsafe values[column]
    let last = reach.end &- 1
    while column < reach.end {
      var pair = PairSums.Parts()
      var next = value
      // Nothing else in this loop, so that all stays in registers.
      repeat {
        pair = unsafe sums.take(cells + column)
        // Beyond the last column edges leave nothing, so any value will do.
        next = unsafe values[column < last ? column &+ 1 : last]
        guard unsafe values[column] == value && next == value else { break }
        run.parts = (run.parts + pair.sizes.x) + pair.sizes.y
        run.cells &+= pair.counts
        pair = PairSums.Parts()
        column &+= 2
      } while column < reach.end
      guard column < reach.end else { break }
      let here = unsafe values[column]
      if here != value { total += run.close(value, area, &tally) }
      run.parts += pair.sizes.x
      run.cells.x &+= pair.counts.x
      if next != here { total += run.close(here, area, &tally) }
      run.parts += pair.sizes.y
      run.cells.y &+= pair.counts.y
      value = next
      column &+= 2
    }
    total += run.close(value, area, &tally)
    tally.totalSquareMetres += total * area
    return sums
  }

  /// Cells of one class beside each other.
  private struct Run {
    var parts = 0.0
    var cells = SIMD2<Int64>.zero

    /// Counts it as cells of `value`, and begins another.
    /// - Returns: its size in cells.
    @inline(__always)
    mutating func close(_ value: Cell, _ area: Double, _ tally: inout CoverageTally) -> Double {
      let size = parts
      if cells != .zero {
        tally.add(Int(value), squareMetres: parts * area, cells: Int(cells.x &+ cells.y))
      }
      self = Run()
      return size
    }
  }
}

/// What the cells of a row add up to, two at a time: the same steps as ``RowSums``.
@safe
struct PairSums {
  typealias Pair = SIMD2<Double>

  /// The parts of two cells that count, and 1 for each that does.
  struct Parts {
    var sizes = Pair.zero
    var counts = SIMD2<Int64>.zero
  }

  private var sums = Pair.zero
  /// The sum of heights so far, twice.
  private var running = Pair.zero
  private var least = Pair.zero
  private var most = Pair.zero

  /// All coverage, in cells.
  var sum: Double {
    @inline(__always) get { sums.x + sums.y }
  }

  @inline(__always)
  mutating func take(_ cell: UnsafeMutablePointer<CellEdges.Left>) -> Parts {
    let (west, east) = unsafe (cell[0], cell[1])
    unsafe cell[0] = .zero
    unsafe cell[1] = .zero
    // Sums of heights are exact, in any order.
    let here = running + (Pair(west.x, east.x) + Pair(0, west.x))
    running = Pair(here.y, here.y)
    let coverage = here - Pair(west.y, east.y)
    sums += coverage
    least = least.replacing(with: coverage, where: coverage .< least)
    most = most.replacing(with: coverage, where: coverage .> most)
    let one = Pair(1, 1)
    let counts = coverage .> Pair(repeating: RowSums.floor)
    return Parts(
      sizes: Pair.zero.replacing(
        with: one.replacing(with: coverage, where: coverage .< one), where: counts),
      counts: SIMD2<Int64>.zero.replacing(with: SIMD2(1, 1), where: counts))
  }

  /// The coverage of a cell that is covered less than not at all or more than once.
  var breach: Double? {
    @inline(__always) get {
      RowSums.breach(least: min(least.x, least.y), most: max(most.x, most.y))
    }
  }
}

/// Some rows of a plot's window, and what its edges leave in each cell.
///
/// Signed-area accumulation, as analytic font rasterisers do it. Each part of an edge inside
/// one cell leaves its height in that cell, and its height times its distance from the cell's
/// west side. A running sum of heights along the row, less the latter, is the exact part of each
/// cell east of all edges, counted by direction: the coverage.
@safe
struct CellEdges: ~Copyable {
  private(set) var firstRow = 0
  private(set) var rows = 0
  /// Two more than the window has: for edges that run along its east side, and for the nothing
  /// that an edge leaves in the cell beside its last.
  private(set) var perRow = 0
  /// All zero between plots: whoever takes the sums leaves zeros.
  private var memory = RawMemory(bytes: 1 << 14)
  private var reachMemory = RawMemory(bytes: 1 << 9)
  private var longEdges = LongEdges()
  private var pairs = EdgePairs()

  /// A cell's signed heights, and the same times the mean distance from its west side; in units of
  /// ``CellPart``.
  typealias Left = SIMD2<Int64>
  typealias Point = CellRings.Point
  /// The columns that a row's edges reach: the most western, negative, and the most eastern.
  typealias Reach = SIMD2<Double>

  /// Beyond the last, where an edge leaves nothing, or what other bands have.
  private static let spareRows = 2
  /// Before the first, and beyond the last, where an edge leaves nothing.
  private static let spareCells = 2

  private var cells: UnsafeMutablePointer<Left> {
    unsafe memory.start.assumingMemoryBound(to: Left.self) + Self.spareCells
  }

  private var reaches: UnsafeMutablePointer<Reach> {
    unsafe reachMemory.start.assumingMemoryBound(to: Reach.self)
  }

  func cells(ofRow row: Int) -> UnsafeMutablePointer<Left> { unsafe cells + row &* perRow }

  /// The columns of a row in which edges left anything, with those between.
  @inline(__always)
  func reach(_ row: Int) -> (first: Int, end: Int)? {
    let reach = unsafe reaches[row]
    guard -reach.x <= reach.y else { return nil }
    return (
      Int(truncatingIfNeeded: Int64(-reach.x)),
      min(Int(truncatingIfNeeded: Int64(reach.y)) &+ 1, perRow &- 2)
    )
  }

  static func cellsPerRow(columns: Int) -> Int { columns + 2 }

  mutating func begin(firstRow: Int, rows: Int, columns: Int) {
    (self.firstRow, self.rows, self.perRow) = (firstRow, rows, Self.cellsPerRow(columns: columns))
    let cells = (rows + Self.spareRows) * perRow + 2 * Self.spareCells
    memory.reserve(cells * MemoryLayout<Left>.stride)
    reachMemory.reserve((rows + Self.spareRows) * MemoryLayout<Reach>.stride)
    let reaches = unsafe self.reaches
    for row in 0..<rows { unsafe reaches[row] = Reach(-.infinity, -1) }
  }

  /// Leaves zeros everywhere, as after an error.
  mutating func clear() {
    for index in 0..<(rows + Self.spareRows) * perRow { unsafe cells[index] = .zero }
  }

  /// Adds what the rings have in these rows.
  mutating func add(_ rings: borrowing CellRings) {
    let isWhole = firstRow == 0 && rows == rings.rows
    let sums = unsafe EdgeSums(
      cells: cells, reaches: reaches, perRow: perRow, rows: rows, firstRow: firstRow,
      isWhole: isWhole)
    longEdges.begin(rings.count)
    pairs.clear()
    let points = unsafe rings.points
    var first = 0
    for ring in 0..<rings.ringCount {
      let end = unsafe rings.ends[ring]
      var index = first
      while index < end &- 1 {
        if pairs.count == EdgePairs.room { pairs.flush(in: sums) }
        // Where there is no second edge, one of no length.
        let third = min(index &+ 2, end &- 1)
        let isLong = unsafe pairs.add(points[index], points[index &+ 1], points[third])
        longEdges.add(index, isLong)
        index &+= 2
      }
      first = end
    }
    longEdges.take(rings, sums, &pairs)
    pairs.flush(in: sums)
    if !isWhole { sums.clearSpareRow() }
  }

  /// The coverage of a row's cell that misses 0…1 by most. The row's sums are added anew; it is
  /// for what is said of an error.
  mutating func worstCoverage(ofRow row: Int, _ rings: borrowing CellRings) -> Double {
    clear()
    add(rings)
    var (running, worst): (Int64, Int64) = (0, 0)
    for column in 0..<perRow {
      let left = unsafe cells(ofRow: row)[column]
      running &+= left.x
      let coverage = running &- left.y
      let isWorse = max(-coverage, coverage &- CellPart.one) > max(-worst, worst &- CellPart.one)
      if isWorse { worst = coverage }
    }
    return Double(worst) * CellPart.unit
  }
}

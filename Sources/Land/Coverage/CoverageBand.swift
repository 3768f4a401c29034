/// Some rows of a plot's window, and how much of each cell the plot covers.
///
/// Signed-area accumulation, as analytic font rasterisers do it. Each piece of an edge inside
/// one cell leaves its height in that cell's column, and its height times its distance from
/// the cell's west side. A running sum of heights along the row, less the latter, is the exact
/// part of each cell east of all edges, counted by direction: the coverage.
struct CoverageBand {
  let firstRow: Int
  let rows: Int
  let columns: Int
  /// Signed heights of edge pieces; one column more than there are cells, for edges that run
  /// along the east side.
  private var heights: [Double]
  /// The same times the mean distance from the cell's west side.
  private var moments: [Double]

  /// Heights are multiples of 2^-46 of a cell, so that their sums are exact: beyond the last
  /// edge of a row the running sum is 0, not nearly 0.
  private static let steps = 70_368_744_177_664.0  // 2^46

  /// Less than this part of a cell is rounding, not land (10^-9 m² at 30 m).
  static let floor = 1e-12
  /// How far a cell's coverage may miss 0…1.
  static let slack = 1e-9

  init(firstRow: Int, rows: Int, columns: Int) {
    self.firstRow = firstRow
    self.rows = rows
    self.columns = columns
    self.heights = [Double](repeating: 0, count: (columns + 1) * rows)
    self.moments = heights
  }

  // MARK: Adding edges

  /// Adds what the edge has in the rows of this band.
  mutating func add(_ edge: CellRings.Edge) {
    // Southward edges bound a shell on its west.
    let sign = edge.y1 > edge.y0 ? 1.0 : -1.0
    let (top, bottom) =
      sign > 0
      ? ((x: edge.x0, y: edge.y0), (x: edge.x1, y: edge.y1))
      : ((x: edge.x1, y: edge.y1), (x: edge.x0, y: edge.y0))
    let first = max(firstRow, Int(top.y.rounded(.down)))
    let last = min(firstRow + rows, Int(bottom.y.rounded(.up)))
    guard first < last else { return }
    let slope = (bottom.x - top.x) / (bottom.y - top.y)
    let left = min(top.x, bottom.x)
    let right = max(top.x, bottom.x)
    // Where the edge meets a line between rows, the same from either row.
    let meeting = { (y: Double) -> Double in
      if y <= top.y { return top.x }
      if y >= bottom.y { return bottom.x }
      return min(max(top.x + (y - top.y) * slope, left), right)
    }
    for row in first..<last {
      let north = Double(row)
      let south = Double(row + 1)
      addInRow(
        row - firstRow, sign, (x: meeting(north), y: max(top.y, north) - north),
        (x: meeting(south), y: min(bottom.y, south) - north))
    }
  }

  /// Adds a piece inside one row; y is 0 at the row's north and 1 at its south.
  private mutating func addInRow(
    _ row: Int, _ sign: Double, _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) {
    let (west, east) = a.x <= b.x ? (a, b) : (b, a)
    let offset = row * (columns + 1)
    var column = Int(west.x.rounded(.down))
    var here = west
    let slope = east.x > west.x ? (east.y - west.y) / (east.x - west.x) : 0
    while true {
      let side = Double(column + 1)
      var next = east
      if east.x > side {
        // On the side between two cells, kept between the piece's ends.
        let y = west.y + (side - west.x) * slope
        let snapped = (y * Self.steps).rounded() / Self.steps
        let low = min(here.y, east.y)
        next = (side, min(max(snapped, low), max(here.y, east.y)))
      }
      let height = sign * abs(next.y - here.y)
      let cell = Double(column)
      heights[offset + column] += height
      moments[offset + column] += height * (((here.x - cell) + (next.x - cell)) / 2)
      if east.x <= side { return }
      here = next
      column += 1
    }
  }

  // MARK: Taking the sums

  /// Calls `body` with each cell that the plot covers, row by row from the north-west.
  /// - Returns: the sum of all coverage, in cells.
  func forEachCell(
    _ body: (_ column: Int, _ row: Int, _ coverage: Double) -> Void
  ) throws(CoverageError) -> Double {
    var total = 0.0
    for row in 0..<rows {
      let offset = row * (columns + 1)
      var running = 0.0
      var sum = 0.0
      for column in 0..<columns {
        running += heights[offset + column]
        let coverage = running - moments[offset + column]
        guard coverage >= -Self.slack, coverage <= 1 + Self.slack else {
          throw .cellBreached(column: column, row: firstRow + row, coverage: coverage)
        }
        sum += coverage
        if coverage > Self.floor { body(column, firstRow + row, min(coverage, 1)) }
      }
      total += sum
    }
    return total
  }
}

/// Some rows of a plot's window, and what its edges leave in each cell.
///
/// Signed-area accumulation, as analytic font rasterisers do it. Each piece of an edge inside
/// one cell leaves its height in that cell, and its height times its distance from the cell's
/// west side. A running sum of heights along the row, less the latter, is the exact part of each
/// cell east of all edges, counted by direction: the coverage.
@safe
struct CellEdges: ~Copyable {
  private(set) var firstRow = 0
  private(set) var rows = 0
  /// One more than the window has, for edges that run along its east side.
  private(set) var perRow = 0
  /// All zero between plots: whoever takes the sums leaves zeros.
  private var memory = RawMemory(bytes: 1 << 14)

  /// A cell's signed heights, and the same times the mean distance from its west side.
  typealias Left = SIMD2<Double>

  /// Heights are multiples of 2^-46 of a cell, so that their sums are exact: beyond the last
  /// edge of a row the running sum is 0, not nearly 0. Near 96 doubles are that far apart.
  private static let magic = 96.0

  var cells: UnsafeMutablePointer<Left> {
    unsafe memory.start.assumingMemoryBound(to: Left.self)
  }

  mutating func begin(firstRow: Int, rows: Int, columns: Int) {
    (self.firstRow, self.rows, self.perRow) = (firstRow, rows, columns + 1)
    memory.reserve(rows * perRow * MemoryLayout<Left>.stride)
  }

  /// Leaves zeros everywhere, as after an error.
  mutating func clear() {
    for index in 0..<rows * perRow { unsafe cells[index] = .zero }
  }

  /// Adds what the rings have in these rows.
  mutating func add(_ rings: borrowing CellRings) {
    let points = unsafe rings.points
    var first = 0
    for end in rings.ends {
      guard first < end else { continue }
      for index in first..<end - 1 {
        let a = unsafe Point(x: points[2 * index], y: points[2 * index + 1])
        let b = unsafe Point(x: points[2 * index + 2], y: points[2 * index + 3])
        // Those along a row bear no area. Southward edges bound a shell on its west.
        if a.y < b.y { add(from: a, to: b, 1) }
        if b.y < a.y { add(from: b, to: a, -1) }
      }
      first = end
    }
  }

  private struct Point {
    var x: Double
    var y: Double
  }

  @inline(__always)
  private func add(from top: Point, to bottom: Point, _ sign: Double) {
    let topRow = Int(top.y)
    let bottomRow = Int(bottom.y)
    if topRow == bottomRow {
      guard topRow >= firstRow, topRow < firstRow + rows else { return }
      let north = Double(topRow)
      return addInRow(
        topRow - firstRow, sign, Point(x: top.x, y: top.y - north),
        Point(x: bottom.x, y: bottom.y - north))
    }
    let first = max(firstRow, topRow)
    let last = min(firstRow + rows, Double(bottomRow) < bottom.y ? bottomRow + 1 : bottomRow)
    guard first < last else { return }
    let slope = (bottom.x - top.x) / (bottom.y - top.y)
    let left = min(top.x, bottom.x)
    let right = max(top.x, bottom.x)
    // Where the edge meets a line between rows, the same from either row.
    func meeting(_ y: Double) -> Double {
      if y <= top.y { return top.x }
      if y >= bottom.y { return bottom.x }
      return min(max(top.x + (y - top.y) * slope, left), right)
    }
    var from = meeting(Double(first))
    for row in first..<last {
      let north = Double(row)
      let to = meeting(north + 1)
      addInRow(
        row - firstRow, sign, Point(x: from, y: max(top.y, north) - north),
        Point(x: to, y: min(bottom.y, north + 1) - north))
      from = to
    }
  }

  /// Adds a piece inside one row; y is 0 at the row's north and 1 at its south.
  @inline(__always)
  private func addInRow(_ row: Int, _ sign: Double, _ a: Point, _ b: Point) {
    let west = a.x <= b.x ? a : b
    let east = a.x <= b.x ? b : a
    var cell = unsafe cells + row * perRow + Int(west.x)
    var side = Double(Int(west.x)) + 1
    if east.x <= side {
      let height = sign * (b.y - a.y)
      let distance = ((west.x - (side - 1)) + (east.x - (side - 1))) / 2
      unsafe cell.pointee += Left(height, height * distance)
      return
    }
    let slope = (east.y - west.y) / (east.x - west.x)
    let (low, high) = (min(west.y, east.y), max(west.y, east.y))
    var here = west
    while true {
      var next = east
      if east.x > side {
        // On the side between two cells, kept between the piece's ends.
        let y = west.y + (side - west.x) * slope
        let snapped = (y + Self.magic) - Self.magic
        let (least, most) = slope < 0 ? (low, here.y) : (here.y, high)
        next = Point(x: side, y: min(max(snapped, least), most))
      }
      let height = sign * abs(next.y - here.y)
      let distance = ((here.x - (side - 1)) + (next.x - (side - 1))) / 2
      unsafe cell.pointee += Left(height, height * distance)
      if east.x <= side { return }
      here = next
      side += 1
      unsafe cell += 1
    }
  }
}

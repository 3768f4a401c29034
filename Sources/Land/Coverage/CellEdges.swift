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
        let a = unsafe points + 2 * index
        let b = unsafe a + 2
        let isSouthward = unsafe a[1] < b[1]
        // Those along a row bear no area.
        guard unsafe isSouthward || b[1] < a[1] else { continue }
        // Chosen by address, which takes no branch; nobody can guess which way an edge goes.
        let top = unsafe isSouthward ? a : b
        let bottom = unsafe isSouthward ? b : a
        // Southward edges bound a shell on its west.
        unsafe add(
          from: Point(x: top[0], y: top[1]), to: Point(x: bottom[0], y: bottom[1]),
          isSouthward ? 1 : -1)
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
    let across = bottom.x - top.x
    let down = bottom.y - top.y
    // The second is of no use where the edge crosses no side of a cell.
    let slopes = SIMD2(across, down) / SIMD2(down, across)
    let first = max(firstRow, Int(top.y))
    let bottomRow = Int(bottom.y)
    let last = min(
      firstRow + rows, Double(bottomRow) < bottom.y ? bottomRow + 1 : bottomRow)
    guard first < last else { return }
    let left = min(top.x, bottom.x)
    let right = max(top.x, bottom.x)
    // Where the edge meets a line between rows, the same from either row.
    var from = top
    if Double(first) > top.y {
      from.x = min(max(top.x + (Double(first) - top.y) * slopes.x, left), right)
      from.y = Double(first)
    }
    var start = unsafe cells + (first - firstRow) * perRow
    var row = first
    while true {
      let north = Double(row)
      let isLast = row == last - 1
      var to = bottom
      if !isLast || north + 1 < bottom.y {
        to.x = min(max(top.x + (north + 1 - top.y) * slopes.x, left), right)
        to.y = north + 1
      }
      unsafe addInRow(
        start, sign, Point(x: from.x, y: from.y - north), Point(x: to.x, y: to.y - north),
        slopes.y)
      if isLast { return }
      from = to
      unsafe start += perRow
      row += 1
    }
  }

  /// Adds a piece inside one row; y is 0 at the row's north and 1 at its south, `slope` the
  /// change of y with x.
  @inline(__always)
  private func addInRow(
    _ start: UnsafeMutablePointer<Left>, _ sign: Double, _ a: Point, _ b: Point, _ slope: Double
  ) {
    let least = min(a.x, b.x)
    let most = max(a.x, b.x)
    let column = Int(least)
    var cell = unsafe start + column
    var side = Double(column + 1)
    if most <= side {
      let height = sign * (b.y - a.y)
      let distance = ((a.x - (side - 1)) + (b.x - (side - 1))) / 2
      unsafe cell.pointee += Left(height, height * distance)
      return
    }
    let isEastward = a.x <= b.x
    let west = isEastward ? a : b
    let east = isEastward ? b : a
    let low = min(west.y, east.y)
    let high = max(west.y, east.y)
    var here = west
    while true {
      var next = east
      if most > side {
        // On the side between two cells, kept between the piece's ends.
        let y = west.y + (side - west.x) * slope
        let snapped = (y + Self.magic) - Self.magic
        next = Point(
          x: side,
          y: min(max(snapped, isEastward ? here.y : low), isEastward ? high : here.y))
      }
      let height = sign * abs(next.y - here.y)
      let distance = ((here.x - (side - 1)) + (next.x - (side - 1))) / 2
      unsafe cell.pointee += Left(height, height * distance)
      if most <= side { return }
      here = next
      side += 1
      unsafe cell += 1
    }
  }
}

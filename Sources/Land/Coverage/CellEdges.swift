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
  /// Two more than the window has: for edges that run along its east side, and for the nothing
  /// that each piece leaves in the cell east of its last.
  private(set) var perRow = 0
  /// All zero between plots: whoever takes the sums leaves zeros.
  private var memory = RawMemory(bytes: 1 << 14)
  private var reachMemory = RawMemory(bytes: 1 << 9)

  /// A cell's signed heights, and the same times the mean distance from its west side.
  typealias Left = SIMD2<Double>
  typealias Point = CellRings.Point

  /// Columns of a row; `first` is above `last` where edges left nothing.
  private struct Reach {
    var first: Int32
    var last: Int32
  }

  /// Heights are multiples of 2^-46 of a cell, so that their sums are exact: beyond the last
  /// edge of a row the running sum is 0, not nearly 0. Near 96 doubles are that far apart.
  private static let magic = 96.0

  private var cells: UnsafeMutablePointer<Left> {
    unsafe memory.start.assumingMemoryBound(to: Left.self)
  }

  private var reaches: UnsafeMutablePointer<Reach> {
    unsafe reachMemory.start.assumingMemoryBound(to: Reach.self)
  }

  func cells(ofRow row: Int) -> UnsafeMutablePointer<Left> { unsafe cells + row * perRow }

  /// The columns of a row in which edges left anything, with those between.
  func reach(_ row: Int) -> Range<Int>? {
    let reach = unsafe reaches[row]
    return reach.first > reach.last ? nil : Int(reach.first)..<Int(reach.last) + 1
  }

  static func cellsPerRow(columns: Int) -> Int { columns + 2 }

  mutating func begin(firstRow: Int, rows: Int, columns: Int) {
    (self.firstRow, self.rows, self.perRow) = (firstRow, rows, Self.cellsPerRow(columns: columns))
    memory.reserve(rows * perRow * MemoryLayout<Left>.stride)
    reachMemory.reserve(rows * MemoryLayout<Reach>.stride)
    let reaches = unsafe self.reaches
    for row in 0..<rows { unsafe reaches[row] = Reach(first: .max, last: -1) }
  }

  /// Leaves zeros everywhere, as after an error.
  mutating func clear() {
    for index in 0..<rows * perRow { unsafe cells[index] = .zero }
  }

  /// Adds what the rings have in these rows.
  mutating func add(_ rings: borrowing CellRings) {
    let points = unsafe rings.points
    var first = 0
    for ring in 0..<rings.ringCount {
      let end = unsafe rings.ends[ring]
      guard first < end else { continue }
      for index in first..<end - 1 {
        let a = unsafe points + index
        let b = unsafe a + 1
        let isSouthward = unsafe a.pointee.y < b.pointee.y
        // Those along a row bear no area.
        guard unsafe isSouthward || b.pointee.y < a.pointee.y else { continue }
        // Chosen by address, which takes no branch; nobody can guess which way an edge goes.
        let top = unsafe isSouthward ? a : b
        let bottom = unsafe isSouthward ? b : a
        // Southward edges bound a shell on its west.
        unsafe add(from: top.pointee, to: bottom.pointee, isSouthward ? 1 : -1)
      }
      first = end
    }
  }

  @inline(__always)
  private func add(from top: Point, to bottom: Point, _ sign: Double) {
    let along = bottom - top
    // The second is of no use where the edge crosses no side of a cell.
    let slopes = along / Point(along.y, along.x)
    let first = max(firstRow, Int(top.y))
    let bottomRow = Int(bottom.y)
    let last = min(
      firstRow &+ rows, Double(bottomRow) < bottom.y ? bottomRow &+ 1 : bottomRow)
    guard first < last else { return }
    let left = top.x < bottom.x ? top.x : bottom.x
    let right = top.x > bottom.x ? top.x : bottom.x
    // Where the edge meets a line between rows, the same from either row.
    @inline(__always) func crossing(_ line: Double) -> Double {
      let x = top.x + (line - top.y) * slopes.x
      let least = x > left ? x : left
      return least < right ? least : right
    }
    var north = Double(first)
    // y from here on is 0 at the row's north and 1 at its south.
    var from = Point(top.x, top.y - north)
    if from.y < 0 { from = Point(crossing(north), 0) }
    var place = first &- firstRow
    let final = last &- 1 &- firstRow
    while true {
      let south = north + 1
      let endsHere = place == final && bottom.y <= south
      let to = Point(
        endsHere ? bottom.x : crossing(south), endsHere ? bottom.y - north : 1)
      addInRow(place, sign, from, to, slopes.y)
      if place == final { return }
      from = Point(to.x, 0)
      north = south
      place &+= 1
    }
  }

  /// Adds a piece inside one row, from its north end `a` to its south end `b`; `slope` is the
  /// change of y with x.
  @inline(__always)
  private func addInRow(_ row: Int, _ sign: Double, _ a: Point, _ b: Point, _ slope: Double) {
    let isEastward = a.x <= b.x
    let west = Point(isEastward ? a.x : b.x, isEastward ? a.y : b.y)
    let east = Point(isEastward ? b.x : a.x, isEastward ? b.y : a.y)
    let column = Int(west.x)
    let cell = unsafe cells + (row &* perRow &+ column)
    let start = Double(column)
    let side = start + 1
    let crosses = east.x > side
    note(row, column, column &+ (crosses ? 1 : 0))
    // Where it crosses the side, if it does; else its end.
    var y = Self.between(a.y, west.y + (side - west.x) * slope, b.y)
    y = crosses ? y : east.y
    let x = crosses ? side : east.x
    let height = sign * abs(y - west.y)
    let distance = ((west.x - start) + (x - start)) / 2
    unsafe cell[0] += Left(height, height * distance)
    if east.x > side + 1 {
      unsafe addBeyond(row, cell + 1, sign, isEastward, west, east, y, slope)
      return
    }
    // Of no height where it does not cross: a branch would cost more.
    let rest = sign * abs(east.y - y)
    unsafe cell[1] += Left(rest, rest * ((east.x - side) / 2))
  }

  /// Adds the rest of a piece that crosses more than one side, from height `y` at the first.
  @inline(never)
  private func addBeyond(
    _ row: Int, _ cell: UnsafeMutablePointer<Left>, _ sign: Double, _ isEastward: Bool,
    _ west: Point, _ east: Point, _ y: Double, _ slope: Double
  ) {
    let start = Double(Int(west.x)) + 1
    var side = start + 1
    var here = Point(start, y)
    var cell = unsafe cell
    while true {
      var next = east
      if east.x > side {
        let y = west.y + (side - west.x) * slope
        // Kept between the piece's ends.
        next = Point(
          side,
          isEastward ? Self.between(here.y, y, east.y) : Self.between(east.y, y, here.y))
      }
      let height = sign * abs(next.y - here.y)
      let distance = ((here.x - (side - 1)) + (next.x - (side - 1))) / 2
      unsafe cell.pointee += Left(height, height * distance)
      if east.x <= side { break }
      here = next
      side += 1
      unsafe cell += 1
    }
    note(row, Int(west.x), Int(side - 1))
  }

  /// A height between two others, as a multiple of 2^-46.
  @inline(__always)
  private static func between(_ low: Double, _ y: Double, _ high: Double) -> Double {
    let snapped = (y + magic) - magic
    let least = snapped > low ? snapped : low
    return least < high ? least : high
  }

  @inline(__always)
  private func note(_ row: Int, _ first: Int, _ last: Int) {
    let reach = unsafe reaches + row
    let (first, last) = (
      Int32(truncatingIfNeeded: first), Int32(truncatingIfNeeded: last)
    )
    unsafe reach.pointee.first = min(reach.pointee.first, first)
    unsafe reach.pointee.last = max(reach.pointee.last, last)
  }
}

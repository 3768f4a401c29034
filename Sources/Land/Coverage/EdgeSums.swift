/// Where edges leave their heights.
///
/// Points are x eastward and y southward in cells, multiples of 2^-30, so that differences are
/// exact. Where an edge crosses a side of a cell is put on multiples of 2^-50.
@safe
struct EdgeSums {
  typealias Point = CellRings.Point
  typealias Left = CellEdges.Left

  let cells: UnsafeMutablePointer<Left>
  let reaches: UnsafeMutablePointer<CellEdges.Reach>
  let perRow: Int
  let rows: Int
  /// The first row of these, from the window's first.
  let firstRow: Int
  /// Whether these are all rows of the window.
  let isWhole: Bool

  /// A row's place: what other bands have goes to the spare row.
  @inline(__always)
  func place(_ row: Int) -> Int {
    isWhole || (row >= 0 && row < rows) ? row : rows
  }

  @inline(__always)
  func widen(_ row: Int, _ reach: CellEdges.Reach) {
    let old = unsafe reaches[row]
    unsafe reaches[row] = old.replacing(with: reach, where: reach .> old)
  }

  /// Adds a part of an edge inside one cell.
  @inline(__always)
  private static func add(
    _ height: Double, _ distance: Double, to cell: UnsafeMutablePointer<Left>
  ) {
    unsafe cell.pointee &+= CellPart.units(Point(height, height * distance))
  }

  /// Leaves zeros where other bands' parts went.
  func clearSpareRow() {
    for column in -1..<perRow { unsafe cells[rows &* perRow &+ column] = .zero }
  }

  // MARK: Long edges

  /// Adds any edge, row by row.
  @inline(never)
  func addLong(_ edge: UnsafePointer<Point>) {
    let southward = unsafe edge[0].y < edge[1].y
    let (top, bottom) = unsafe southward ? (edge[0], edge[1]) : (edge[1], edge[0])
    let along = bottom - top
    let slope = along.x / along.y
    let start = top.y.rounded(.down)
    let (band, end) = (Double(firstRow), Double(firstRow + rows))
    var north = start > band ? start : band
    let stop = bottom.y < end ? bottom.y : end
    guard north < stop else { return }
    var from = Point(top.x, top.y - north)
    if top.y < north { from = Point(Self.crossing(north, top, bottom, slope), 0) }
    while north < stop {
      let rest = bottom.y - north
      let to =
        rest <= 1
        ? Point(bottom.x, rest) : Point(Self.crossing(north + 1, top, bottom, slope), 1)
      addPiece(from, to, along.y / along.x, southward ? 1 : -1, row: Int(north - band))
      from = Point(to.x, 0)
      north += 1
    }
  }

  /// Where an edge meets a line between rows, the same from either row.
  private static func crossing(
    _ line: Double, _ top: Point, _ bottom: Point, _ slope: Double
  ) -> Double {
    let (left, right) = (min(top.x, bottom.x), max(top.x, bottom.x))
    return min(max(top.x + (line - top.y) * slope, left), right)
  }

  /// Adds a part of an edge in one row, cell by cell from its west end; y is 0 at the row's north.
  private func addPiece(
    _ from: Point, _ to: Point, _ slope: Double, _ sign: Double, row: Int
  ) {
    let isEastward = from.x <= to.x
    let (west, east) = isEastward ? (from, to) : (to, from)
    let factor = isEastward ? sign : -sign
    let start = WholeNumber.below(west.x)
    widen(row, CellEdges.Reach(-Double(start), east.x.rounded(.down)))
    var cell = unsafe cells + (row &* perRow &+ start)
    var here = west
    var side = Double(start) + 1
    while true {
      var next = east
      if east.x > side {
        let y = CellPart.snapped(west.y + (side - west.x) * slope)
        // Kept between the piece's ends.
        let (low, high) = west.y <= east.y ? (here.y, east.y) : (east.y, here.y)
        next = Point(side, min(max(y, low), high))
      }
      let height = factor * (next.y - here.y)
      unsafe Self.add(height, ((here.x - (side - 1)) + (next.x - (side - 1))) / 2, to: cell)
      if east.x <= side { return }
      here = next
      side += 1
      unsafe cell += 1
    }
  }
}

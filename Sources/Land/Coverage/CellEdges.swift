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
  private var pieces = EdgePieces()

  /// A cell's signed heights, and the same times the mean distance from its west side.
  typealias Left = SIMD2<Double>
  typealias Point = CellRings.Point

  /// How far west and east the edges of a row go.
  private struct Reach {
    var west: Double
    var east: Double
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

  func cells(ofRow row: Int) -> UnsafeMutablePointer<Left> { unsafe cells + row &* perRow }

  /// The columns of a row in which edges left anything, with those between.
  @inline(__always)
  func reach(_ row: Int) -> (first: Int, end: Int)? {
    let reach = unsafe reaches[row]
    guard reach.west <= reach.east else { return nil }
    return (WholeNumber.intBelow(reach.west), WholeNumber.intBelow(reach.east) &+ 1)
  }

  static func cellsPerRow(columns: Int) -> Int { columns + 2 }

  mutating func begin(firstRow: Int, rows: Int, columns: Int) {
    (self.firstRow, self.rows, self.perRow) = (firstRow, rows, Self.cellsPerRow(columns: columns))
    memory.reserve(rows * perRow * MemoryLayout<Left>.stride)
    reachMemory.reserve(rows * MemoryLayout<Reach>.stride)
    let reaches = unsafe self.reaches
    for row in 0..<rows { unsafe reaches[row] = Reach(west: .infinity, east: -1) }
  }

  /// Leaves zeros everywhere, as after an error.
  mutating func clear() {
    for index in 0..<rows * perRow { unsafe cells[index] = .zero }
  }

  /// Adds what the rings have in these rows.
  mutating func add(_ rings: borrowing CellRings) {
    let points = unsafe rings.points
    let band = EdgePieces.Rows(first: Double(firstRow), end: Double(firstRow + rows))
    pieces.begin(band)
    let sums = unsafe Sums(cells: cells, reaches: reaches, perRow: perRow)
    var first = 0
    for ring in 0..<rings.ringCount {
      let end = unsafe rings.ends[ring]
      for index in first..<max(first, end - 1) {
        let edge = unsafe points + index
        if unsafe pieces.cut(edge, rows: band) { continue }
        unsafe addTall(edge, band, sums)
      }
      first = end
    }
    sums.add(&pieces)
  }

  /// Adds an edge for which there is no room among the pieces, a stretch of rows at a time.
  @inline(never)
  private mutating func addTall(
    _ edge: UnsafePointer<Point>, _ band: EdgePieces.Rows, _ sums: Sums
  ) {
    for first in stride(from: band.first, to: band.end, by: EdgePieces.mostRows) {
      sums.add(&pieces)
      _ = unsafe pieces.cut(
        edge, rows: .init(first: first, end: min(first + EdgePieces.mostRows, band.end)))
    }
  }

  /// Where pieces leave their heights.
  @safe
  private struct Sums {
    let cells: UnsafeMutablePointer<Left>
    let reaches: UnsafeMutablePointer<Reach>
    let perRow: Int

    @inline(never)
    func add(_ pieces: inout EdgePieces) {
      pieces.finish()
      let start = unsafe pieces.pieces
      for index in 0..<pieces.count { unsafe add(start + index) }
      pieces.clear()
    }

    @inline(__always)
    private func add(_ piece: UnsafeMutablePointer<EdgePieces.Piece>) {
      let (westX, eastX) = unsafe (piece.pointee.westX, piece.pointee.eastX)
      let (westY, eastY) = unsafe (piece.pointee.westY, piece.pointee.eastY)
      let low = westY < eastY ? westY : eastY
      let high = westY > eastY ? westY : eastY
      let start = WholeNumber.below(westX)
      let side = start + 1
      let column = WholeNumber.int(start)
      let row = unsafe piece.pointee.row
      let reach = unsafe reaches + row
      unsafe reach.pointee.west = westX < reach.pointee.west ? westX : reach.pointee.west
      unsafe reach.pointee.east = eastX > reach.pointee.east ? eastX : reach.pointee.east
      let cell = unsafe cells + (row &* perRow &+ column)
      // Where it crosses the cell's east side, if it does; else its end.
      let crossing = unsafe CellEdges.between(
        low, westY + (side - westX) * piece.pointee.slope, high)
      let middleY = eastX > side ? crossing : eastY
      let middleX = eastX < side ? eastX : side
      let factor = unsafe piece.pointee.factor
      let height = factor * (middleY - westY)
      unsafe cell[0] += Left(height, height * (((westX - start) + (middleX - start)) / 2))
      if eastX > side + 1 {
        unsafe addBeyond(piece, cell + 1, column, middleY)
        return
      }
      // Of no height in the next cell where it does not cross: a branch would cost more.
      let rest = factor * (eastY - middleY)
      unsafe cell[1] += Left(rest, rest * ((eastX - side) / 2))
    }

    /// Adds the rest of a piece that crosses more than one side, from height `y` at the first.
    @inline(never)
    private func addBeyond(
      _ piece: UnsafeMutablePointer<EdgePieces.Piece>, _ second: UnsafeMutablePointer<Left>,
      _ column: Int, _ y: Double
    ) {
      let piece = unsafe piece.pointee
      let west = Point(piece.westX, piece.westY)
      let east = Point(piece.eastX, piece.eastY)
      var side = Double(column) + 2
      var here = Point(side - 1, y)
      var cell = unsafe second
      while true {
        var next = east
        if east.x > side {
          let y = west.y + (side - west.x) * piece.slope
          // Kept between the piece's ends.
          next = Point(
            side,
            west.y <= east.y
              ? CellEdges.between(here.y, y, east.y) : CellEdges.between(east.y, y, here.y))
        }
        let height = piece.factor * (next.y - here.y)
        let distance = ((here.x - (side - 1)) + (next.x - (side - 1))) / 2
        unsafe cell.pointee += Left(height, height * distance)
        if east.x <= side { return }
        here = next
        side += 1
        unsafe cell += 1
      }
    }
  }

  /// A height between two others, as a multiple of 2^-46.
  @inline(__always)
  private static func between(_ low: Double, _ y: Double, _ high: Double) -> Double {
    let snapped = (y + magic) - magic
    let least = snapped > low ? snapped : low
    return least < high ? least : high
  }
}

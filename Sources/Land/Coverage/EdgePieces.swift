/// The pieces of a plot's edges, each inside one row of cells, a few at a time.
///
/// Cut here and summed in ``CellEdges``, because then no piece waits for the one before. Nobody
/// can guess which way an edge goes, so that is told by places in memory and not by branches.
@safe
struct EdgePieces: ~Copyable {
  typealias Point = CellRings.Point

  /// A piece; y is 0 at the row's north and 1 at its south.
  struct Piece {
    // First, as `cut` writes the one or the other by its place.
    var westY: Double
    var eastY: Double
    var westX: Double
    var eastX: Double
    /// The change of y with x.
    var slope: Double
    /// 1 where a change of y eastward counts as it is, −1 where it counts the other way.
    var factor: Double
    /// The row, from the band's first.
    var row: Int
  }

  /// Rows of a plot's window.
  struct Rows {
    var first: Double
    var end: Double
  }

  private static let room = 256
  /// So many rows of one edge surely have room.
  static let mostRows = 250.0

  private let memory = RawMemory(bytes: room * MemoryLayout<Piece>.stride)
  private(set) var count = 0
  /// Rows of pieces count from here.
  private var firstRow = 0.0

  var pieces: UnsafeMutablePointer<Piece> {
    unsafe memory.start.assumingMemoryBound(to: Piece.self)
  }

  mutating func begin(_ band: Rows) { (firstRow, count) = (band.first, 0) }

  /// Forgets all, for more.
  mutating func clear() { count = 0 }

  /// Cuts an edge, from the first of two points to the second, at the lines between rows.
  /// - Returns: false if there was no room; then nothing was taken.
  @inline(__always)
  mutating func cut(_ edge: UnsafePointer<Point>, rows: Rows) -> Bool {
    let southward = unsafe edge[0].y < edge[1].y ? 1 : 0
    let top = unsafe edge[1 &- southward]
    let bottom = unsafe edge[southward]
    let along = bottom - top
    // The second is of no use where the edge crosses no side of a cell.
    let slopes = along / Point(along.y, along.x)
    let left = top.x < bottom.x ? top.x : bottom.x
    let right = top.x > bottom.x ? top.x : bottom.x
    // Where the edge meets a line between rows, the same from either row.
    @inline(__always) func crossing(_ line: Double) -> Double {
      let x = top.x + (line - top.y) * slopes.x
      let least = x > left ? x : left
      return least < right ? least : right
    }
    let start = WholeNumber.below(top.y)
    var north = start > rows.first ? start : rows.first
    let stop = bottom.y < rows.end ? bottom.y : rows.end
    // Those along a row bear no area, and those of other bands none here.
    guard north < stop, along.y > 0 else { return true }
    guard count &+ WholeNumber.int(stop - north) &+ 2 < Self.room else { return false }
    let pieces = unsafe self.pieces
    var count = self.count
    var (fromX, fromY) = (top.x, top.y - north)
    if fromY < 0 { (fromX, fromY) = (crossing(north), 0) }
    var row = WholeNumber.int(north - firstRow)
    while true {
      let south = north + 1
      let toX = bottom.y <= south ? bottom.x : crossing(south)
      let rest = bottom.y - north
      let toY = rest < 1 ? rest : 1
      // The sign of a zero is +.
      let westward = Int(truncatingIfNeeded: (toX - fromX).bitPattern >> 63)
      let piece = unsafe pieces + count
      unsafe piece.pointee.westX = fromX < toX ? fromX : toX
      unsafe piece.pointee.eastX = fromX > toX ? fromX : toX
      let heights = unsafe UnsafeMutableRawPointer(piece).assumingMemoryBound(to: Double.self)
      unsafe heights[westward] = fromY
      unsafe heights[1 &- westward] = toY
      unsafe piece.pointee.slope = slopes.y
      // Southward edges bound a shell on its west.
      unsafe piece.pointee.factor = WholeNumber.oneOrMinusOne(westward ^ southward ^ 1)
      unsafe piece.pointee.row = row
      count &+= 1
      if south >= stop { break }
      (fromX, fromY) = (toX, 0)
      north = south
      row &+= 1
    }
    self.count = count
    return true
  }
}

/// Whole numbers in doubles of 0 to 2^51, without the checks and branches of a conversion.
enum WholeNumber {
  /// From here on doubles are whole.
  private static let magic = 4_503_599_627_370_496.0  // 2^52

  /// The largest that is not above the value.
  @inline(__always)
  static func below(_ value: Double) -> Double {
    let nearest = (value + magic) - magic
    return nearest - (nearest > value ? 1 : 0)
  }

  /// The same as a whole number. Of sums and signs only, which no compiler makes a branch of.
  @inline(__always)
  static func intBelow(_ value: Double) -> Int {
    let shifted = value + magic
    let rest = value - (shifted - magic)
    return Int(truncatingIfNeeded: shifted.bitPattern & 0x000F_FFFF_FFFF_FFFF)
      &- Int(truncatingIfNeeded: rest.bitPattern >> 63)
  }

  @inline(__always)
  static func int(_ value: Double) -> Int {
    Int(truncatingIfNeeded: (value + magic).bitPattern & 0x000F_FFFF_FFFF_FFFF)
  }

  /// 1 for 0, and −1 for 1.
  @inline(__always)
  static func oneOrMinusOne(_ bit: Int) -> Double {
    Double(bitPattern: 1.0.bitPattern | UInt64(truncatingIfNeeded: bit) << 63)
  }
}

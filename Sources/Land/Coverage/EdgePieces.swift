/// The pieces of a plot's edges, each inside one row of cells, a few at a time.
///
/// Cut here and summed in ``CellEdges``, because then no piece waits for the one before. Nobody
/// can guess which way an edge goes or whether it leaves its row, so that is told by places in
/// memory and by signs, not by branches: an edge's first piece is cut at once, and edges that have
/// more are remembered and cut on in a loop of their own. Each piece has its place from the start,
/// so that pieces lie in the order of their edges, and an edge's from north to south.
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

  /// An edge of more than one piece.
  private struct Long {
    // First, as `cut` takes the one or the other by its place.
    var bottomX: Double
    /// Where the edge meets the line south of its first piece.
    var crossingX: Double
    var top: Point
    var bottom: Point
    var slopes: Point
    /// That line, from the window's first.
    var south: Double
    /// Where the edge or the rows end.
    var stop: Double
    /// Its first piece.
    var place: Int
    var southward: Int
  }

  private static let room = 256
  /// So many rows of one edge surely have room.
  static let mostRows = 250.0

  private let memory = RawMemory(bytes: room * MemoryLayout<Piece>.stride)
  private let longMemory = RawMemory(bytes: room * MemoryLayout<Long>.stride)
  private(set) var count = 0
  private var longCount = 0
  /// Rows of pieces count from here.
  private var firstRow = 0.0

  var pieces: UnsafeMutablePointer<Piece> {
    unsafe memory.start.assumingMemoryBound(to: Piece.self)
  }

  private var longs: UnsafeMutablePointer<Long> {
    unsafe longMemory.start.assumingMemoryBound(to: Long.self)
  }

  mutating func begin(_ band: Rows) {
    firstRow = band.first
    clear()
  }

  /// Forgets all, for more.
  mutating func clear() { (count, longCount) = (0, 0) }

  /// Cuts an edge, from the first of two points to the second, at the lines between rows. Only
  /// the first piece is whole before ``finish()``.
  /// - Returns: false if there was no room; then nothing was taken.
  @inline(__always)
  mutating func cut(_ edge: UnsafePointer<Point>, rows: Rows) -> Bool {
    let southward = unsafe edge[0].y < edge[1].y ? 1 : 0
    let top = unsafe edge[1 &- southward]
    let bottom = unsafe edge[southward]
    let along = bottom - top
    // The second is of no use where the edge crosses no side of a cell.
    let slopes = along / Point(along.y, along.x)
    let start = WholeNumber.double(WholeNumber.intBelow(top.y))
    let north = start > rows.first ? start : rows.first
    let stop = bottom.y < rows.end ? bottom.y : rows.end
    // Those along a row bear no area, and those of other bands none here.
    let crossed = WholeNumber.intAbove(stop) &- WholeNumber.int(north)
    let pieces = max(crossed, 0) & (0 &- (along.y > 0 ? 1 : 0))
    guard count &+ pieces &+ 2 < Self.room else { return false }
    var (fromX, fromY) = (top.x, top.y - north)
    if top.y < rows.first {
      (fromX, fromY) = (Self.crossing(north, top, bottom, slopes.x), 0)
    }
    let south = north + 1
    let long = unsafe longs + longCount
    unsafe long.pointee = Long(
      bottomX: bottom.x, crossingX: Self.crossing(south, top, bottom, slopes.x), top: top,
      bottom: bottom, slopes: slopes, south: south, stop: stop, place: count,
      southward: southward)
    let leaves = Int(truncatingIfNeeded: (south - bottom.y).bitPattern >> 63)
    let toX =
      unsafe UnsafeMutableRawPointer(long).assumingMemoryBound(to: Double.self)[leaves]
    unsafe Self.write(
      self.pieces + count, (fromX, fromY), toX, bottom.y - north, slopes.y, southward,
      row: WholeNumber.int(north - firstRow))
    longCount &+= pieces > 1 ? 1 : 0
    count &+= pieces
    return true
  }

  /// Cuts the other pieces of edges that have more than one.
  mutating func finish() {
    for index in 0..<longCount {
      let long = unsafe longs[index]
      var piece = unsafe pieces + long.place
      var row = unsafe piece.pointee.row
      var (north, fromX) = (long.south, long.crossingX)
      repeat {
        let rest = long.bottom.y - north
        let toX =
          rest <= 1
          ? long.bottom.x : Self.crossing(north + 1, long.top, long.bottom, long.slopes.x)
        unsafe piece += 1
        row &+= 1
        unsafe Self.write(
          piece, (fromX, 0), toX, rest, long.slopes.y, long.southward, row: row)
        fromX = toX
        north += 1
      } while north < long.stop
    }
    longCount = 0
  }

  /// Where the edge meets a line between rows, the same from either row.
  @inline(__always)
  private static func crossing(
    _ line: Double, _ top: Point, _ bottom: Point, _ slope: Double
  ) -> Double {
    let left = top.x < bottom.x ? top.x : bottom.x
    let right = top.x > bottom.x ? top.x : bottom.x
    let x = top.x + (line - top.y) * slope
    let least = x > left ? x : left
    return least < right ? least : right
  }

  /// - Parameters:
  ///   - from: where the piece begins in the north: x, and y from the row's north.
  ///   - toX: where it ends in the south.
  ///   - rest: how far south of the row's north the edge ends, be it beyond the row.
  @inline(__always)
  private static func write(
    _ piece: UnsafeMutablePointer<Piece>, _ from: (x: Double, y: Double), _ toX: Double,
    _ rest: Double, _ slope: Double, _ southward: Int, row: Int
  ) {
    // The sign of a zero is +.
    let westward = Int(truncatingIfNeeded: (toX - from.x).bitPattern >> 63)
    unsafe piece.pointee.westX = from.x < toX ? from.x : toX
    unsafe piece.pointee.eastX = from.x > toX ? from.x : toX
    let heights = unsafe UnsafeMutableRawPointer(piece).assumingMemoryBound(to: Double.self)
    unsafe heights[westward] = from.y
    unsafe heights[1 &- westward] = rest < 1 ? rest : 1
    unsafe piece.pointee.slope = slope
    // Southward edges bound a shell on its west.
    unsafe piece.pointee.factor = WholeNumber.oneOrMinusOne(westward ^ southward ^ 1)
    unsafe piece.pointee.row = row
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

  /// The smallest whole number that is not below the value.
  @inline(__always)
  static func intAbove(_ value: Double) -> Int {
    let shifted = value + magic
    let rest = (shifted - magic) - value
    return Int(truncatingIfNeeded: shifted.bitPattern & 0x000F_FFFF_FFFF_FFFF)
      &+ Int(truncatingIfNeeded: rest.bitPattern >> 63)
  }

  @inline(__always)
  static func double(_ value: Int) -> Double {
    Double(bitPattern: magic.bitPattern | UInt64(truncatingIfNeeded: value)) - magic
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

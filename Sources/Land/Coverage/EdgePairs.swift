/// The edges of a plot, two at a time, on their way into cells.
///
/// Points are x eastward and y southward in cells, multiples of 2^-30, so that differences are
/// exact. Where an edge crosses a side of a cell is put on multiples of 2^-50.
///
/// An edge is cut where it meets a line between rows and one between columns, and nobody can guess
/// whether it meets which, and which first. So it always has three parts, some of no height, and
/// what differs is told by bits and not by branches. Edges are read, cut and left in cells in
/// loops of their own, so that a processor has several at once under way.
@safe
struct EdgePairs: ~Copyable {
  typealias Point = CellRings.Point
  /// Of two edges.
  typealias Pair = SIMD2<Double>
  typealias Whole = SIMD2<Int64>

  /// Two edges, each from its northern end.
  struct Edges {
    /// From the north-west of the cell in which the edge begins.
    var topX = Pair()
    var topY = Pair()
    var alongX = Pair()
    var alongY = Pair()
    /// The sign's bit where it goes north, which counts the other way.
    var northward = SIMD2<UInt64>()
    var column = Whole()
    var row = Whole()
    // What follows is found by cutting.
    var heights = (Whole(), Whole(), Whole())
    var areas = (Whole(), Whole(), Whole())
    /// All ones where it goes west; where it meets the line beside before the one below; and where
    /// it ends in the next row.
    var westward = Whole()
    var isBeside = Whole()
    var isBelow = Whole()
    /// The columns that it touches, as ``CellEdges/Reach``.
    var reachWest = Pair()
    var reachEast = Pair()
  }

  /// So many pairs are under way at once.
  static let room = 96

  private let memory = RawMemory(
    uninitializedBytes: (room + 1) * MemoryLayout<Edges>.stride)
  private(set) var count = 0

  private var edges: UnsafeMutablePointer<Edges> {
    unsafe memory.start.assumingMemoryBound(to: Edges.self)
  }

  /// Forgets all.
  mutating func clear() { count = 0 }

  /// Reads the edges from one point to another, and from there to a third. Those that lie in more
  /// than two rows or two columns are taken for a point.
  /// - Returns: 1 for each of those, else 0.
  @inline(__always)
  mutating func add(_ a: Point, _ b: Point, _ c: Point) -> SIMD2<UInt64> {
    let (fromX, toX) = (Pair(a.x, b.x), Pair(b.x, c.x))
    let (fromY, toY) = (Pair(a.y, b.y), Pair(b.y, c.y))
    let isNorthward = Bits.signs(toY - fromY)
    let change = (Bits.of(fromX) ^ Bits.of(toX)) & isNorthward
    let northX = Bits.pair(Bits.of(fromX) ^ change)
    let alongX = Bits.pair(Bits.of(toX) ^ change) - northX
    let northY = fromY.replacing(with: toY, where: toY .< fromY)
    let alongY = toY.replacing(with: fromY, where: fromY .> toY) - northY
    let (column, topX) = WholeNumber.split(northX)
    let (row, topY) = WholeNumber.split(northY)
    // x must end in −1 to 2, y up to 2.
    let (endX, endY) = (topX + alongX, topY + alongY)
    let two = Pair(2, 2)
    let room = Bits.of(endX + Pair(1, 1)) | Bits.of(two - endX) | Bits.of(two - endY)
    let isLong = room &>> SIMD2(repeating: 63)
    let isShort = isLong &- SIMD2(1, 1)
    let place = unsafe edges + count
    unsafe place.pointee.topX = topX
    unsafe place.pointee.topY = topY
    unsafe place.pointee.alongX = Bits.pair(Bits.of(alongX) & isShort)
    unsafe place.pointee.alongY = Bits.pair(Bits.of(alongY) & isShort)
    unsafe place.pointee.northward = isNorthward & Bits.sign
    unsafe place.pointee.column = column
    unsafe place.pointee.row = row
    count &+= 1
    return isLong
  }

  /// Takes all into their cells.
  @inline(__always)
  mutating func flush(in sums: EdgeSums) {
    cut()
    leave(in: sums)
    clear()
  }

  /// Cuts all edges.
  @inline(never)
  private func cut() {
    let one = Pair(1, 1)
    let zero = Pair(0, 0)
    for index in 0..<count {
      let edge = unsafe edges + index
      let (topX, topY) = unsafe (edge.pointee.topX, edge.pointee.topY)
      let (alongX, alongY) = unsafe (edge.pointee.alongX, edge.pointee.alongY)
      let (bottomX, bottomY) = (topX + alongX, topY + alongY)
      // A level edge bears no area, and any slope will do: this changes no other.
      let fall = alongY + Pair(repeating: 0x1p-100)
      let westward = Bits.signs(alongX)
      let side = Bits.pair(Bits.of(one) & ~westward)
      // x where it meets the line south of its first row, y where it meets that beside its first
      // column; its end where it does not.
      let metX = Self.clamped(
        topX + (one - topY) * (alongX / fall),
        topX.replacing(with: bottomX, where: bottomX .< topX),
        topX.replacing(with: bottomX, where: bottomX .> topX))
      let metY = Self.clamped(
        CellPart.snapped(topY + (side - topX) * (fall / alongX)), topY, bottomY)
      let lineY = bottomY.replacing(with: one, where: bottomY .> one)
      let sideX = Self.clamped(bottomX, zero, one)
      let isBeside = Bits.signs(metY - lineY)
      let firstY = metY.replacing(with: lineY, where: lineY .< metY)
      let secondY = metY.replacing(with: lineY, where: lineY .> metY)
      let change = (Bits.of(sideX) ^ Bits.of(metX)) & isBeside
      let firstX = Bits.pair(Bits.of(metX) ^ change)
      let secondX = Bits.pair(Bits.of(sideX) ^ change)

      let step = (westward & Bits.sign) | Bits.of(one)
      let half = Pair(0.5, 0.5)
      let northward = unsafe edge.pointee.northward
      unsafe (edge.pointee.heights.0, edge.pointee.areas.0) = Self.left(
        firstY - topY, (topX + firstX) * half, northward)
      unsafe (edge.pointee.heights.1, edge.pointee.areas.1) = Self.left(
        secondY - firstY, (firstX + secondX) * half - Bits.pair(step & isBeside), northward)
      unsafe (edge.pointee.heights.2, edge.pointee.areas.2) = Self.left(
        bottomY - secondY, (secondX + bottomX) * half - Bits.pair(step), northward)
      unsafe edge.pointee.westward = Whole(truncatingIfNeeded: westward)
      unsafe edge.pointee.isBeside = Whole(truncatingIfNeeded: isBeside)
      unsafe edge.pointee.isBelow = Whole(truncatingIfNeeded: Bits.signs(one - bottomY))
      let first = unsafe WholeNumber.doubles(edge.pointee.column)
      unsafe edge.pointee.reachWest = Bits.pair(Bits.signs(bottomX) & Bits.of(one)) - first
      unsafe edge.pointee.reachEast = Bits.pair(Bits.signs(one - bottomX) & Bits.of(one)) + first
    }
  }

  @inline(__always)
  private static func clamped(_ value: Pair, _ least: Pair, _ most: Pair) -> Pair {
    let value = value.replacing(with: least, where: value .< least)
    return value.replacing(with: most, where: value .> most)
  }

  /// What a part of each edge leaves: its height and its distance.
  @inline(__always)
  private static func left(
    _ heights: Pair, _ distances: Pair, _ northward: SIMD2<UInt64>
  ) -> (Whole, Whole) {
    let signed = Bits.pair(Bits.of(heights) ^ northward)
    return (CellPart.units(signed), CellPart.units(signed * distances))
  }

  /// Leaves the parts of all edges in their cells.
  @inline(__always)
  private func leave(in sums: EdgeSums) {
    for index in 0..<count {
      let edge = unsafe edges + index
      unsafe Self.leave(edge, 0, sums)
      unsafe Self.leave(edge, 1, sums)
    }
  }

  @inline(__always)
  private static func leave(
    _ edge: UnsafeMutablePointer<Edges>, _ lane: Int, _ sums: EdgeSums
  ) {
    let row = unsafe Int(edge.pointee.row[lane]) &- sums.firstRow
    let (here, next) = (sums.place(row), sums.place(row &+ 1))
    let start = unsafe sums.cells + (here &* sums.perRow &+ Int(edge.pointee.column[lane]))
    let down = (next &- here) &* sums.perRow
    let aside = unsafe 1 | Int(edge.pointee.westward[lane])
    let beside = unsafe Int(edge.pointee.isBeside[lane])
    unsafe start.pointee &+= Whole(edge.pointee.heights.0[lane], edge.pointee.areas.0[lane])
    unsafe (start + (down ^ ((down ^ aside) & beside))).pointee &+=
      Whole(edge.pointee.heights.1[lane], edge.pointee.areas.1[lane])
    unsafe (start + (down &+ aside)).pointee &+=
      Whole(edge.pointee.heights.2[lane], edge.pointee.areas.2[lane])
    let reach = unsafe CellEdges.Reach(edge.pointee.reachWest[lane], edge.pointee.reachEast[lane])
    sums.widen(here, reach)
    unsafe sums.widen(here &+ ((next &- here) & Int(edge.pointee.isBelow[lane])), reach)
  }
}

/// The bits of doubles: no compiler makes a branch of what they tell.
private enum Bits {
  static var sign: SIMD2<UInt64> { SIMD2(repeating: 1 << 63) }

  @inline(__always)
  static func of(_ pair: SIMD2<Double>) -> SIMD2<UInt64> {
    unsafe unsafeBitCast(pair, to: SIMD2<UInt64>.self)
  }

  @inline(__always)
  static func pair(_ bits: SIMD2<UInt64>) -> SIMD2<Double> {
    unsafe unsafeBitCast(bits, to: SIMD2<Double>.self)
  }

  /// All ones where a value is below zero.
  @inline(__always)
  static func signs(_ pair: SIMD2<Double>) -> SIMD2<UInt64> {
    SIMD2<UInt64>(0, 0) &- (of(pair) &>> SIMD2(repeating: 63))
  }
}

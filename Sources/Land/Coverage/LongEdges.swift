/// Edges that lie in more than two rows or columns, and the parts into which they are cut.
///
/// The half of an edge lies on it exactly, and so does the half of that, as long as doubles hold
/// its coordinates; longer edges, or those of large plots, are taken row by row.
@safe
struct LongEdges: ~Copyable {
  typealias Point = CellRings.Point

  /// Edges longer than that, in cells, or of plots larger than that, are taken row by row:
  /// 8 + 13 + 30 bits.
  private static let longest = 256.0
  private static let farthest = 8_192

  private var memory = RawMemory(bytes: 1 << 10)
  private var count = 0

  private var edges: UnsafeMutablePointer<Int> {
    unsafe memory.start.assumingMemoryBound(to: Int.self)
  }

  /// Makes room for so many edges.
  mutating func begin(_ most: Int) {
    memory.reserve((most + 2) * MemoryLayout<Int>.stride)
    count = 0
  }

  /// Remembers an edge, and the one after it, where the number is 1 and not 0.
  @inline(__always)
  mutating func add(_ edge: Int, _ isLong: SIMD2<UInt64>) {
    unsafe edges[count] = edge
    count &+= Int(truncatingIfNeeded: isLong.x)
    unsafe edges[count] = edge &+ 1
    count &+= Int(truncatingIfNeeded: isLong.y)
  }

  /// Takes the parts of all that were remembered to the others.
  @inline(__always)
  func take(
    _ rings: borrowing CellRings, _ sums: EdgeSums, _ pairs: inout EdgePairs
  ) {
    let isSmall = rings.columns <= Self.farthest && rings.rows <= Self.farthest
    for index in 0..<count {
      let edge = unsafe rings.points + edges[index]
      let along = unsafe edge[1] - edge[0]
      let span = max(abs(along.x), abs(along.y))
      guard isSmall, span <= Self.longest else {
        unsafe sums.addLong(edge)
        continue
      }
      var parts = 2.0
      while parts < span { parts *= 2 }
      let step = along / parts
      var from = unsafe edge[0]
      // Two at a time: they are even.
      for _ in 0..<Int(parts) / 2 {
        if pairs.count == EdgePairs.room { pairs.flush(in: sums) }
        let (middle, to) = (from + step, from + step + step)
        _ = pairs.add(from, middle, to)
        from = to
      }
    }
  }
}

import CGeo

extension GEOSContext {
  private static let nodeCapacity = 10

  /// Collects what the tree's callback reports.
  private final class Found {
    var numbers: [Int] = []
  }

  /// Pairs of shapes whose boxes meet, smaller number first, in order; nil if there are more
  /// than `limit`.
  func meetingPairs(_ shapes: [GEOSShape], limit: Int) throws(GEOSError) -> [(Int, Int)]? {
    guard let tree = unsafe GEOSSTRtree_create_r(handle, Self.nodeCapacity) else { throw failure }
    defer { unsafe GEOSSTRtree_destroy_r(handle, tree) }
    for (number, shape) in shapes.enumerated() {
      // The tree hands back what it is given: the number plus one, never followed as an address.
      let item = unsafe UnsafeMutableRawPointer(bitPattern: number + 1)
      unsafe GEOSSTRtree_insert_r(handle, tree, shape.pointer, item)
    }
    var pairs: [(Int, Int)] = []
    for (number, shape) in shapes.enumerated() {
      let found = Found()
      unsafe GEOSSTRtree_query_r(
        handle, tree, shape.pointer,
        { item, box in
          guard let box = unsafe box else { return }
          let found = unsafe Unmanaged<Found>.fromOpaque(box).takeUnretainedValue()
          found.numbers.append(Int(bitPattern: item) - 1)
        }, Unmanaged.passUnretained(found).toOpaque())
      for other in found.numbers.sorted() where other > number { pairs.append((number, other)) }
      if pairs.count > limit { return nil }
    }
    return pairs
  }
}

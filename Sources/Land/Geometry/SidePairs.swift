/// How many pairs of sides a validity check may have to look at.
///
/// GEOS looks at each pair whose boxes meet. A walk round a field has few such pairs a corner;
/// thousands of long teeth side by side have the square of their number, and would take minutes.
enum SidePairs {
  /// An upper bound: pairs that overlap in longitude, or in latitude if those are fewer.
  static func most(in polygons: [SourcePolygon]) -> Int {
    let rings = polygons.flatMap { $0.rings.map(\.positions) }
    return min(
      pairs(rings.map { $0.map(\.longitude) }), pairs(rings.map { $0.map(\.latitude) }))
  }

  /// Pairs of intervals that meet: at each start, as many as are open.
  private static func pairs(_ rings: [[Double]]) -> Int {
    var starts: [Double] = []
    var ends: [Double] = []
    for ring in rings {
      for (a, b) in zip(ring, ring.dropFirst()) {
        starts.append(min(a, b))
        ends.append(max(a, b))
      }
    }
    starts.sort()
    ends.sort()
    var (count, ended) = (0, 0)
    for (begun, start) in starts.enumerated() {
      while ends[ended] < start { ended += 1 }
      count += begun - ended
    }
    return count
  }
}

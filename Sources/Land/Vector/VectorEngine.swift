import CGeo

/// A layer's features inside one GEOS context, prepared for many questions.
///
/// Sent from thread to thread by the layer's pool, and used by one at a time: that is what makes
/// `@unchecked Sendable` true.
@safe
final class VectorEngine: @unchecked Sendable {
  let geos: GEOSContext
  let shapes: [GEOSShape]
  private let tree: OpaquePointer
  /// Made when first asked for: most features of a large layer are never near a plot.
  private var prepared: [Int: OpaquePointer] = unsafe [:]
  private static let nodeCapacity = 10

  init(_ features: [VectorFeature]) throws(GEOSError) {
    let geos = try GEOSContext()
    var shapes: [GEOSShape] = []
    shapes.reserveCapacity(features.count)
    for feature in features { shapes.append(try geos.shape(feature.polygons)) }
    guard let tree = unsafe GEOSSTRtree_create_r(geos.handle, Self.nodeCapacity) else {
      throw geos.failure
    }
    for (number, shape) in shapes.enumerated() {
      // The tree hands back what it is given: the number plus one, never followed as an address.
      let item = unsafe UnsafeMutableRawPointer(bitPattern: number + 1)
      unsafe GEOSSTRtree_insert_r(geos.handle, tree, shape.pointer, item)
    }
    self.geos = geos
    self.shapes = shapes
    unsafe self.tree = tree
  }

  deinit {
    let areas = unsafe Array(prepared.values)
    for index in unsafe areas.indices {
      unsafe GEOSPreparedGeom_destroy_r(geos.handle, areas[index])
    }
    unsafe GEOSSTRtree_destroy_r(geos.handle, tree)
  }

  private final class Found {
    var numbers: [Int] = []
  }

  /// Features whose boxes meet a shape's, from 0, in the file's order.
  func candidates(_ shape: GEOSShape) -> [Int] {
    let found = Found()
    unsafe GEOSSTRtree_query_r(
      geos.handle, tree, shape.pointer,
      { item, box in
        guard let box = unsafe box else { return }
        let found = unsafe Unmanaged<Found>.fromOpaque(box).takeUnretainedValue()
        found.numbers.append(Int(bitPattern: item) - 1)
      }, Unmanaged.passUnretained(found).toOpaque())
    return found.numbers.sorted()
  }

  private func prepare(_ index: Int) throws(GEOSError) -> OpaquePointer {
    if let known = unsafe prepared[index] { return unsafe known }
    guard let made = unsafe GEOSPrepare_r(geos.handle, shapes[index].pointer) else {
      throw geos.failure
    }
    unsafe prepared[index] = made
    return unsafe made
  }

  /// Whether no point of the shape lies outside the feature.
  func covers(_ index: Int, _ shape: GEOSShape) throws(GEOSError) -> Bool {
    let area = try unsafe prepare(index)
    let answer = unsafe GEOSPreparedCovers_r(geos.handle, area, shape.pointer)
    guard answer < 2 else { throw geos.failure }
    return answer == 1
  }

  /// Whether they share a point, be it of their boundaries only.
  func touches(_ index: Int, _ shape: GEOSShape) throws(GEOSError) -> Bool {
    let area = try unsafe prepare(index)
    let answer = unsafe GEOSPreparedIntersects_r(geos.handle, area, shape.pointer)
    guard answer < 2 else { throw geos.failure }
    return answer == 1
  }
}

extension GEOSContext {
  /// What the first covers and the second does not.
  func difference(_ a: GEOSShape, _ b: GEOSShape) throws(GEOSError) -> GEOSShape {
    try unsafe own(GEOSDifference_r(handle, a.pointer, b.pointer))
  }

  /// What either covers.
  func union(_ a: GEOSShape, _ b: GEOSShape) throws(GEOSError) -> GEOSShape {
    try unsafe own(GEOSUnion_r(handle, a.pointer, b.pointer))
  }

  func point(_ position: Position) throws(GEOSError) -> GEOSShape {
    try unsafe own(
      GEOSGeom_createPointFromXY_r(handle, position.longitude, position.latitude))
  }
}

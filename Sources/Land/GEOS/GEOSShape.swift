import CGeo

/// A geometry inside GEOS; freed with the value.
@safe
final class GEOSShape {
  private let context: GEOSContext
  private var owned: OpaquePointer?

  init(_ context: GEOSContext, _ pointer: OpaquePointer) {
    self.context = context
    unsafe self.owned = pointer
  }

  deinit {
    if let owned = unsafe owned { unsafe GEOSGeom_destroy_r(context.handle, owned) }
  }

  /// Lends the pointer; it must not outlive the shape.
  var pointer: OpaquePointer? { unsafe owned }

  /// Gives the geometry away to a GEOS call that takes it over.
  func release() -> OpaquePointer? {
    let given = unsafe owned
    unsafe owned = nil
    return unsafe given
  }

  /// Square degrees on the plane.
  func area() throws(GEOSError) -> Double {
    var area = 0.0
    guard unsafe GEOSArea_r(context.handle, pointer, &area) == 1 else { throw context.failure }
    return area
  }

  // MARK: To positions

  /// All polygons in it, lines and points left out, as GEOS winds them.
  func polygons() throws(GEOSError) -> [Polygon] {
    var out: [Polygon] = []
    try unsafe collect(pointer, into: &out)
    return out
  }

  private func collect(_ part: OpaquePointer?, into out: inout [Polygon]) throws(GEOSError) {
    let handle = unsafe context.handle
    let kind = unsafe GEOSGeomTypeId_r(handle, part)
    if kind == Int32(GEOS_POLYGON.rawValue) {
      if unsafe GEOSisEmpty_r(handle, part) == 1 { return }
      let shell = unsafe try positions(GEOSGetExteriorRing_r(handle, part))
      var holes: [[Position]] = []
      let count = unsafe GEOSGetNumInteriorRings_r(handle, part)
      for index in 0..<max(0, count) {
        unsafe holes.append(try positions(GEOSGetInteriorRingN_r(handle, part, index)))
      }
      out.append(Polygon(shell: shell, holes: holes))
    } else if kind >= Int32(GEOS_MULTIPOINT.rawValue) {
      let count = unsafe GEOSGetNumGeometries_r(handle, part)
      for index in 0..<max(0, count) {
        try unsafe collect(GEOSGetGeometryN_r(handle, part, index), into: &out)
      }
    }
  }

  private func positions(_ ring: OpaquePointer?) throws(GEOSError) -> [Position] {
    let handle = unsafe context.handle
    guard let sequence = unsafe GEOSGeom_getCoordSeq_r(handle, ring) else { throw context.failure }
    var count: UInt32 = 0
    guard unsafe GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1 else {
      throw context.failure
    }
    var numbers = [Double](repeating: 0, count: Int(count) * 2)
    guard unsafe GEOSCoordSeq_copyToBuffer_r(handle, sequence, &numbers, 0, 0) == 1 else {
      throw context.failure
    }
    return (0..<Int(count)).map {
      Position(longitude: numbers[2 * $0], latitude: numbers[2 * $0 + 1])
    }
  }
}

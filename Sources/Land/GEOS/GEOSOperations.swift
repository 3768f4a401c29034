import CGeo

/// What Raíz asks of GEOS.
extension GEOSContext {
  /// Why a geometry is not valid (OGC Simple Features), and where.
  struct Fault: Hashable {
    let reason: String
    let place: Position
  }

  /// Nil for a valid geometry.
  func fault(in shape: GEOSShape) throws(GEOSError) -> Fault? {
    var reason: UnsafeMutablePointer<CChar>?
    var location: OpaquePointer?
    let answer = unsafe GEOSisValidDetail_r(handle, shape.pointer, 0, &reason, &location)
    defer {
      if let location = unsafe location { unsafe GEOSGeom_destroy_r(handle, location) }
      if let reason = unsafe reason { unsafe GEOSFree_r(handle, reason) }
    }
    if answer == 1 { return nil }
    guard answer == 0 else { throw failure }
    var x = 0.0
    var y = 0.0
    if let location = unsafe location {
      _ = unsafe GEOSGeomGetX_r(handle, location, &x)
      _ = unsafe GEOSGeomGetY_r(handle, location, &y)
    }
    let text = unsafe reason.map { unsafe String(cString: $0) } ?? "not valid"
    return Fault(reason: text, place: Position(longitude: x, latitude: y))
  }

  /// What both cover; vertices snapped to multiples of `grid` degrees unless it is 0.
  func intersection(
    _ a: GEOSShape, _ b: GEOSShape, grid: Double = 0
  ) throws(GEOSError) -> GEOSShape {
    try unsafe own(
      grid == 0
        ? GEOSIntersection_r(handle, a.pointer, b.pointer)
        : GEOSIntersectionPrec_r(handle, a.pointer, b.pointer, grid))
  }

  func intersects(_ a: GEOSShape, _ b: GEOSShape) throws(GEOSError) -> Bool {
    let answer = unsafe GEOSIntersects_r(handle, a.pointer, b.pointer)
    guard answer < 2 else { throw failure }
    return answer == 1
  }

  /// A valid geometry of the same land: rings are rebuilt, slivers of no width dropped, and
  /// every vertex put on a multiple of `grid` degrees.
  func repaired(_ shape: GEOSShape, grid: Double) throws(GEOSError) -> GEOSShape {
    guard let settings = unsafe GEOSMakeValidParams_create_r(handle) else { throw failure }
    defer { unsafe GEOSMakeValidParams_destroy_r(handle, settings) }
    _ = unsafe GEOSMakeValidParams_setMethod_r(handle, settings, GEOS_MAKE_VALID_STRUCTURE)
    _ = unsafe GEOSMakeValidParams_setKeepCollapsed_r(handle, settings, 0)
    let valid = try unsafe own(GEOSMakeValidWithParams_r(handle, shape.pointer, settings))
    return try unsafe own(GEOSGeom_setPrecision_r(handle, valid.pointer, grid, 0))
  }

  func pointOnSurface(_ shape: GEOSShape) throws(GEOSError) -> Position {
    let point = try unsafe own(GEOSPointOnSurface_r(handle, shape.pointer))
    var x = 0.0
    var y = 0.0
    guard unsafe GEOSGeomGetX_r(handle, point.pointer, &x) == 1,
      unsafe GEOSGeomGetY_r(handle, point.pointer, &y) == 1
    else { throw failure }
    return Position(longitude: x, latitude: y)
  }

  func box(_ box: GeographicBox) throws(GEOSError) -> GEOSShape {
    try unsafe own(GEOSGeom_createRectangle_r(handle, box.west, box.south, box.east, box.north))
  }
}

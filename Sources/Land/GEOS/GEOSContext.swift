import CGeo

/// Why GEOS could not do what it was asked.
struct GEOSError: Error, Sendable, Hashable {
  let reason: String
}

/// A GEOS context: made for one task, used by one thread, freed with the last shape made in it.
@safe
final class GEOSContext {
  /// GEOS reports through a callback, which writes here.
  private final class Messages {
    var last = ""
  }

  let handle: GEOSContextHandle_t
  private let messages = Messages()

  init() throws(GEOSError) {
    guard let handle = unsafe GEOS_init_r() else { throw GEOSError(reason: "out of memory") }
    unsafe self.handle = handle
    unsafe GEOSContext_setErrorMessageHandler_r(
      handle,
      { text, box in
        guard let text = unsafe text, let box = unsafe box else { return }
        let messages = unsafe Unmanaged<Messages>.fromOpaque(box).takeUnretainedValue()
        messages.last = unsafe String(cString: text)
      }, Unmanaged.passUnretained(messages).toOpaque())
  }

  deinit { unsafe GEOS_finish_r(handle) }

  /// The error that GEOS has just reported.
  var failure: GEOSError {
    GEOSError(reason: messages.last.isEmpty ? "GEOS gave no reason" : messages.last)
  }

  /// Takes over a geometry that GEOS made, or throws what GEOS said.
  func own(_ pointer: OpaquePointer?) throws(GEOSError) -> GEOSShape {
    guard let pointer = unsafe pointer else { throw failure }
    return unsafe GEOSShape(self, pointer)
  }

  // MARK: From positions

  func shape(_ polygon: Polygon) throws(GEOSError) -> GEOSShape {
    let shell = try linearRing(polygon.shell)
    var holes: [GEOSShape] = []
    for hole in polygon.holes { holes.append(try linearRing(hole)) }
    // Everything is made before anything is given away: GEOS takes over the rings.
    var pointers = unsafe holes.map { unsafe $0.release() }
    let count = UInt32(holes.count)
    let made = unsafe pointers.withUnsafeMutableBufferPointer {
      unsafe GEOSGeom_createPolygon_r(handle, shell.release(), $0.baseAddress, count)
    }
    return try unsafe own(made)
  }

  private func linearRing(_ ring: [Position]) throws(GEOSError) -> GEOSShape {
    var numbers: [Double] = []
    numbers.reserveCapacity(ring.count * 2)
    for position in ring {
      numbers.append(position.longitude)
      numbers.append(position.latitude)
    }
    let sequence = unsafe GEOSCoordSeq_copyFromBuffer_r(handle, numbers, UInt32(ring.count), 0, 0)
    guard let sequence = unsafe sequence else { throw failure }
    return try unsafe own(GEOSGeom_createLinearRing_r(handle, sequence))
  }

  func shape(_ polygons: [Polygon]) throws(GEOSError) -> GEOSShape {
    var parts: [GEOSShape] = []
    for polygon in polygons { parts.append(try shape(polygon)) }
    var pointers = unsafe parts.map { unsafe $0.release() }
    let count = UInt32(parts.count)
    let made = unsafe pointers.withUnsafeMutableBufferPointer {
      unsafe GEOSGeom_createCollection_r(
        handle, Int32(GEOS_MULTIPOLYGON.rawValue), $0.baseAddress, count)
    }
    return try unsafe own(made)
  }
}

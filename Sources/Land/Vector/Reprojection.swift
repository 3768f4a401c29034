import CGeo

/// Brings positions from a file's reference system to WGS 84 with longitude first.
///
/// Only conversions that PROJ knows exactly are taken: one that merely drops the datum can be
/// hundreds of metres off and would go unseen. Nothing is fetched from a network. Results are
/// rounded to 10^-9 degrees (0.1 mm), so that the last bits of a machine's sine do not change
/// them.
@safe
final class Reprojection {
  /// `EPSG:32718`, or the system's name where it has no code.
  let source: String
  /// `SRID=32718`, or `CRS=` and its definition.
  let prefix: String
  private let transformation: OGRCoordinateTransformationH

  /// Nil if the layer is in WGS 84 already.
  static func of(_ reference: OGRSpatialReferenceH) throws(VectorError) -> Reprojection? {
    guard let target = unsafe OSRNewSpatialReference(nil) else {
      throw VectorError(.engine, ["reason": "out of memory"])
    }
    defer { unsafe OSRRelease(target) }
    OSRSetPROJEnableNetwork(0)
    guard unsafe OSRImportFromEPSG(target, 4326) == OGRERR_NONE else {
      throw VectorError(.engine, ["reason": "PROJ's database is missing"])
    }
    unsafe OSRSetAxisMappingStrategy(target, OAMS_TRADITIONAL_GIS_ORDER)
    let isSame = unsafe GDAL.withList([
      "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
      "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
    ]) { options in
      unsafe OSRIsSameEx(
        reference, target,
        UnsafeRawPointer(options)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self))
    }
    if isSame != 0 { return nil }
    return try unsafe Reprojection(reference, target)
  }

  private init(
    _ reference: OGRSpatialReferenceH, _ target: OGRSpatialReferenceH
  ) throws(VectorError) {
    let name = unsafe OSRGetName(reference).map { unsafe String(cString: $0) } ?? "?"
    let authority = unsafe OSRGetAuthorityName(reference, nil).map { unsafe String(cString: $0) }
    let code = unsafe OSRGetAuthorityCode(reference, nil).map { unsafe String(cString: $0) }
    if authority == "EPSG", let code {
      source = "EPSG:\(code)"
      prefix = "SRID=\(code)"
    } else {
      source = name
      var text: UnsafeMutablePointer<CChar>?
      _ = unsafe OSRExportToWkt(reference, &text)
      prefix = "CRS=" + (unsafe text.map { unsafe String(cString: $0) } ?? name)
      unsafe VSIFree(text)
    }
    guard let from = unsafe OSRClone(reference) else {
      throw VectorError(.engine, ["reason": "out of memory"])
    }
    defer { unsafe OSRRelease(from) }
    unsafe OSRSetAxisMappingStrategy(from, OAMS_TRADITIONAL_GIS_ORDER)
    guard let options = unsafe OCTNewCoordinateTransformationOptions() else {
      throw VectorError(.engine, ["reason": "out of memory"])
    }
    defer { unsafe OCTDestroyCoordinateTransformationOptions(options) }
    unsafe OCTCoordinateTransformationOptionsSetBallparkAllowed(options, 0)
    guard let made = unsafe OCTNewCoordinateTransformationEx(from, target, options) else {
      throw VectorError(.cannotReproject, ["found": source, "reason": GDAL.lastMessage])
    }
    unsafe transformation = made
  }

  deinit { unsafe OCTDestroyCoordinateTransformation(transformation) }

  func apply(_ shape: VectorShape) throws(VectorError) -> VectorShape {
    let positions = shape.positions
    guard !positions.isEmpty else { return shape }
    var xs = positions.map(\.longitude)
    var ys = positions.map(\.latitude)
    var zs = [Double](repeating: 0, count: xs.count)
    var done = [Int32](repeating: 0, count: xs.count)
    _ = unsafe OCTTransformEx(transformation, Int32(xs.count), &xs, &ys, &zs, &done)
    for index in xs.indices
    where done[index] == 0 || !xs[index].isFinite || !ys[index].isFinite {
      throw VectorError(.cannotReproject, ["found": source, "reason": GDAL.lastMessage])
    }
    var next = 0
    return shape.mapped { _ in
      defer { next += 1 }
      return Position(longitude: Disc.rounded(xs[next]), latitude: Disc.rounded(ys[next]))
    }
  }
}

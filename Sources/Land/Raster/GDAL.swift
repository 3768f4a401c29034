import CGeo

/// GDAL's library as a whole.
enum GDAL {
  /// Registers the drivers, once in the life of the program. Files beside a raster that could
  /// change what it says (`.aux.xml`) are neither read nor written.
  static let ready: Void = {
    unsafe CPLSetConfigOption("GDAL_PAM_ENABLED", "NO")
    GDALAllRegister()
  }()

  /// Runs a call with GDAL's messages kept off the standard error; they go by thread, so
  /// nothing else is silenced.
  static func quietly<Value: ~Copyable>(_ call: () -> Value) -> Value {
    _ = ready
    CPLErrorReset()
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    return call()
  }

  /// Lends texts as the null-ended list of C strings that GDAL takes options in.
  static func withList<Value>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Value
  ) -> Value {
    var list = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for index in texts.indices { unsafe free(list[index]) } }
    return unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }

  /// The same list where it is only read.
  static func constant(
    _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> UnsafePointer<UnsafePointer<CChar>?>? {
    unsafe UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self)
  }

  static func checkWGS84(
    _ reference: OGRSpatialReferenceH?, path: String
  ) throws(RasterError) {
    guard let reference = unsafe reference else {
      throw .notWGS84(path: path, found: "no coordinate reference system")
    }
    let code = unsafe OSRGetAuthorityCode(reference, nil).map { unsafe String(cString: $0) }
    guard code == "4326" else {
      let name = unsafe OSRGetName(reference).map { unsafe String(cString: $0) } ?? "unknown"
      throw .notWGS84(path: path, found: code.map { "EPSG:\($0) (\(name))" } ?? name)
    }
  }

  /// What GDAL said last on this thread.
  static var lastMessage: String {
    guard let text = unsafe CPLGetLastErrorMsg() else { return "GDAL gave no reason" }
    let message = unsafe String(cString: text)
    return message.isEmpty ? "GDAL gave no reason" : message
  }
}

import CGeo

/// GDAL's library as a whole.
enum GDAL {
  /// Registers the drivers, once in the life of the program.
  static let ready: Void = GDALAllRegister()

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

  /// What GDAL said last on this thread.
  static var lastMessage: String {
    guard let text = unsafe CPLGetLastErrorMsg() else { return "GDAL gave no reason" }
    let message = unsafe String(cString: text)
    return message.isEmpty ? "GDAL gave no reason" : message
  }
}

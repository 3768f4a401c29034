import CGeo

/// OGR's settings for untrusted files.
enum OGR {
  private static let once: Void = {
    _ = GDAL.ready
    OSRSetPROJEnableNetwork(0)
    let settings = [
      // No ending is allowed: /vsicurl/ opens nothing, whoever asks.
      ("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"),
      // A database's own views and triggers may call nothing that reaches out of it.
      ("OGR_SQLITE_PRAGMA", "trusted_schema=OFF"),
      ("LIBKML_RESOLVE_STYLE", "NO"), ("LIBKML_EXTERNAL_STYLE", ""),
      // A feature's XML identifier is a program's running number, not a plot's code.
      ("LIBKML_ID_FIELD", "xml_id"),
    ]
    for (name, value) in settings { unsafe CPLSetConfigOption(name, value) }
  }()

  static func prepare() { _ = once }

  /// As ``GDAL/quietly(_:)``, with the settings made.
  static func quietly<Value>(_ call: () -> Value) -> Value {
    prepare()
    return GDAL.quietly(call)
  }

  /// Runs a call and gathers, in order, every warning and failure that it reports.
  static func listening<Value>(
    _ call: () -> Value
  ) -> (Value, [(isFailure: Bool, reason: String)]) {
    prepare()
    let words = Words()
    let value = withExtendedLifetime(words) {
      unsafe CPLPushErrorHandlerEx(
        { level, _, text in
          guard level.rawValue >= CE_Warning.rawValue, let text = unsafe text,
            let box = unsafe CPLGetErrorHandlerUserData()
          else { return }
          let words = unsafe Unmanaged<Words>.fromOpaque(box).takeUnretainedValue()
          words.heard.append(
            (level.rawValue > CE_Warning.rawValue, unsafe String(cString: text)))
        }, Unmanaged.passUnretained(words).toOpaque())
      defer { CPLPopErrorHandler() }
      return call()
    }
    return (value, words.heard)
  }

  private final class Words {
    var heard: [(isFailure: Bool, reason: String)] = []
  }

  /// What GDAL said last, without the path of a file in memory.
  static var lastReason: String {
    let words = GDAL.lastMessage.split(separator: " ").map { word in
      word.contains(MemoryFolder.root) ? "zip" : String(word)
    }
    return words.joined(separator: " ")
  }
}

/// How the file's bytes spell characters. ASCII bytes mean the same in both, so rows and cells are
/// found on the bytes and only the cells that someone reads are decoded.
public enum TextEncoding: String, Sendable, Hashable {
  case utf8 = "UTF-8"
  case windows1252 = "Windows-1252"

  func decode(_ bytes: ArraySlice<UInt8>) -> String {
    switch self {
    case .utf8: String(decoding: bytes, as: UTF8.self)
    case .windows1252: Windows1252.decode(bytes)
    }
  }
}

/// Windows code page 1252, as Microsoft's table defines it: Latin-1 but for 0x80...0x9F, of which
/// five bytes mean nothing.
enum Windows1252 {
  /// 0x80...0x9F; zero where the byte is undefined.
  private static let upper: [UInt16] = [
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000,
    0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
  ]

  /// The character's code, or nil for 0x81, 0x8D, 0x8F, 0x90 and 0x9D.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    let code = upper[Int(byte) - 0x80]
    return code == 0 ? nil : Unicode.Scalar(code)
  }

  static func isUndefined(_ byte: UInt8) -> Bool { scalar(byte) == nil }

  /// The whole file was checked for undefined bytes before any cell is decoded; one that slipped
  /// through would show as U+FFFD.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var out = String.UnicodeScalarView()
    for byte in bytes { out.append(scalar(byte) ?? "\u{FFFD}") }
    return String(out)
  }
}

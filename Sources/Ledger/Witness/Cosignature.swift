public import ValueTypes

/// A witness's word that a checkpoint continues every one it saw before (C2SP tlog-cosignature
/// v1.0.1): one signature line under the checkpoint's note.
public struct Cosignature: Sendable, Hashable {
  /// The witness's name, as its key has it.
  public let witness: String
  /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key).
  public let keyID: [UInt8]
  /// Seconds since 1970-01-01T00:00:00Z, by the witness's clock.
  public let time: Int64
  /// `— name base64(keyID ‖ time ‖ signature)`, with its line end.
  public let line: String

  /// Nil for a time after the year 9999.
  public var moment: Timestamp? {
    let (microseconds, overflow) = time.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : Timestamp(microseconds: microseconds)
  }
}

/// The form of type 0x04: what is signed, and how time and signature stand in the line.
enum CosignatureFormat {
  static let algorithm: UInt8 = 4
  /// The time's eight bytes and Ed25519's 64.
  static let signatureBytes = 72

  /// `cosignature/v1`, the time, and the checkpoint's text with its last newline.
  static func message(time: Int64, body: String) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(body)".utf8)
  }

  static func join(time: Int64, signature: [UInt8]) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) } + signature
  }

  /// Nil unless there are 72 bytes and the time is at most 2^63 − 1.
  static func split(_ bytes: [UInt8]) -> (time: Int64, signature: ArraySlice<UInt8>)? {
    guard bytes.count == signatureBytes, bytes[0] < 0x80 else { return nil }
    let time = bytes[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return (time, bytes[8...])
  }
}

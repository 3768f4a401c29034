/// A C2SP signed-note: text, a blank line, signature lines. Parsing verifies nothing.
struct SignedNote: Sendable, Equatable {
  /// One line `— name base64(keyID ‖ signature)`.
  struct Signature: Sendable, Equatable {
    let name: String
    /// Four bytes that, with the name, tell which key may have signed.
    let keyID: [UInt8]
    let bytes: [UInt8]
  }

  static let maximumBytes = 1_000_000
  static let maximumSignatures = 100

  /// Ends with a newline, which is signed as well.
  let text: String
  let signatures: [Signature]

  /// Throws `invalidNote` for control characters other than newline, a missing blank line or
  /// signature, a line of another form, or a note beyond the limits above.
  init(parsing note: String) throws(LedgerError) {
    let bytes = Array(note.utf8)
    guard bytes.count <= Self.maximumBytes else {
      throw .invalidNote(reason: "\(bytes.count) bytes of at most \(Self.maximumBytes)")
    }
    guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }) else {
      throw .invalidNote(reason: "a control character")
    }
    guard bytes.last == 0x0A, let blank = Self.lastBlankLine(bytes), blank + 2 < bytes.count else {
      throw .invalidNote(reason: "no blank line with signatures after it")
    }
    text = String(decoding: bytes[...blank], as: UTF8.self)
    let lines = bytes[(blank + 2)..<(bytes.count - 1)]
      .split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count <= Self.maximumSignatures else {
      throw .invalidNote(reason: "\(lines.count) signatures of at most \(Self.maximumSignatures)")
    }
    var signatures: [Signature] = []
    for line in lines { signatures.append(try Self.signature(line)) }
    self.signatures = signatures
  }

  /// The index of the newline before the last blank line.
  private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
    guard bytes.count > 2 else { return nil }
    return (0..<(bytes.count - 1)).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
  }

  private static func signature(_ line: ArraySlice<UInt8>) throws(LedgerError) -> Signature {
    let parts = String(decoding: line, as: UTF8.self)
      .split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "—", KeyName.isValid(parts[1]),
      let bytes = Base64.decode(parts[2]), bytes.count >= 5
    else {
      throw .invalidNote(reason: "a signature line is not of the form — name base64")
    }
    return Signature(
      name: String(parts[1]), keyID: Array(bytes[..<4]), bytes: Array(bytes[4...]))
  }

  static func line(name: String, keyID: [UInt8], signature: [UInt8]) -> String {
    "— \(name) \(Base64.encode(keyID + signature))\n"
  }
}

/// The name of a key: not empty, without a space or a `+`.
enum KeyName {
  static let maximumBytes = 200

  static func isValid(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && name.utf8.count <= maximumBytes
      && name.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
      }
  }
}

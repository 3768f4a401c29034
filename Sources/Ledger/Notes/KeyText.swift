import ValueTypes

/// A signed-note key as one line of text: `name+hex(id)+base64(algorithm ‖ key)`.
enum KeyText {
  struct Parts {
    let name: String
    let id: String
    /// 32 bytes.
    let key: [UInt8]
  }

  /// The first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key). Throws `invalidKey`
  /// for a name with a space or a plus.
  static func id(
    name: String, algorithm: UInt8, publicKey: [UInt8]
  ) throws(LedgerError) -> [UInt8] {
    guard KeyName.isValid(name) else {
      throw .invalidKey(
        reason: "a key's name has 1 to \(KeyName.maximumBytes) bytes, no space and no plus")
    }
    return Array(
      MerkleTree.digest(Array(name.utf8) + [0x0A, algorithm] + publicKey).bytes[..<4])
  }

  static func text(name: String, id: [UInt8], algorithm: UInt8, key: [UInt8]) -> String {
    "\(name)+\(KeyID.hex(id))+\(Base64.encode([algorithm] + key))"
  }

  /// Nil for another form or algorithm; whether the id belongs to the key is not looked at.
  static func parse(_ text: some StringProtocol, algorithm: UInt8) -> Parts? {
    // Base64 may hold a plus itself, so only the first two divide.
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33,
      bytes[0] == algorithm
    else { return nil }
    return Parts(name: String(parts[0]), id: String(parts[1]), key: Array(bytes[1...]))
  }
}

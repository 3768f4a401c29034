import Glibc

import enum Crypto.Curve25519

extension CheckpointSigner {
  /// The key in a file, made with mode 0600 if there is none.
  ///
  /// Throws `invalidKey` for a file that others may read, or that holds a key of another name, and
  /// `file` if it cannot be read or written.
  public static func loadOrCreate(
    file path: String, name: String
  ) throws(LedgerError) -> CheckpointSigner {
    let line = try SecretFile.loadOrCreate(path) { () throws(LedgerError) in
      try CheckpointSigner(name: name, privateKey: .init()).signerKey
    }
    let signer = try CheckpointSigner(signerKey: line)
    guard signer.name == name else {
      throw .invalidKey(reason: "\(path) holds the key of \(signer.name), not of \(name)")
    }
    return signer
  }
}

/// A secret of one line, in a file that only its owner may read.
enum SecretFile {
  private static let maximumBytes = 4_096

  /// The line in the file, which is made if there is none. Throws `invalidKey` for a file that
  /// others may read, `file` if it cannot be read or written, and what `make` throws.
  static func loadOrCreate(
    _ path: String, make: () throws(LedgerError) -> String
  ) throws(LedgerError) -> String {
    if let bytes = try DurableFile.read(path, limit: maximumBytes) {
      return try line(bytes, path: path)
    }
    let secret = try make()
    if try DurableFile.create(path, Array((secret + "\n").utf8), mode: 0o600) { return secret }
    // Another process made the file in between: its key is the key.
    guard let bytes = try DurableFile.read(path, limit: maximumBytes) else {
      throw .file(path: path, reason: "vanished while it was read")
    }
    return try line(bytes, path: path)
  }

  private static func line(_ bytes: [UInt8], path: String) throws(LedgerError) -> String {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw .invalidKey(reason: "\(path) can be read by others; chmod 600 it")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

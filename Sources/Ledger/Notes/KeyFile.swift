import Glibc

import enum Crypto.Curve25519

extension CheckpointSigner {
  private static let maximumFileBytes = 4_096

  /// The key in a file, made with mode 0600 if there is none.
  ///
  /// Throws `invalidKey` for a file that others may read, or that holds a key of another name, and
  /// `file` if it cannot be read or written.
  public static func loadOrCreate(
    file path: String, name: String
  ) throws(LedgerError) -> CheckpointSigner {
    if let bytes = try DurableFile.read(path, limit: maximumFileBytes) {
      return try load(bytes, path: path, name: name)
    }
    let signer = try CheckpointSigner(name: name, privateKey: .init())
    if try DurableFile.create(path, Array((signer.signerKey + "\n").utf8), mode: 0o600) {
      return signer
    }
    // Another process made the file in between: its key is the key.
    guard let bytes = try DurableFile.read(path, limit: maximumFileBytes) else {
      throw .file(path: path, reason: "vanished while it was read")
    }
    return try load(bytes, path: path, name: name)
  }

  private static func load(
    _ bytes: [UInt8], path: String, name: String
  ) throws(LedgerError) -> CheckpointSigner {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw .invalidKey(reason: "\(path) can be read by others; chmod 600 it")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let signer = try CheckpointSigner(signerKey: line)
    guard signer.name == name else {
      throw .invalidKey(reason: "\(path) holds the key of \(signer.name), not of \(name)")
    }
    return signer
  }
}

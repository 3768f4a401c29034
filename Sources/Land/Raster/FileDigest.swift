import CGeo
import Crypto
public import ValueTypes

/// SHA-256 of files, in memory that does not grow with them.
public enum FileDigest {
  private static let pieceBytes = 1 << 20

  public static func sha256(_ path: String) throws(RasterError) -> ValueTypes.SHA256Digest {
    guard !path.hasPrefix("/vsi"), let file = unsafe fopen(path, "rb") else {
      throw .cannotOpen(path: path, reason: "the file is missing or may not be read")
    }
    defer { unsafe fclose(file) }
    var hash = SHA256()
    var piece = [UInt8](repeating: 0, count: pieceBytes)
    while true {
      let count = unsafe fread(&piece, 1, pieceBytes, file)
      hash.update(data: piece[..<count])
      if count < pieceBytes { break }
    }
    guard unsafe ferror(file) == 0 else {
      throw .cannotRead(path: path, reason: "reading stopped before the end")
    }
    return ValueTypes.SHA256Digest(finished: hash.finalize())
  }
}

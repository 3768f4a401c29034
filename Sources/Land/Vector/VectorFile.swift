import Glibc

/// A plain file on this machine, by its true path.
struct VectorFile {
  let path: String
  let byteCount: Int

  /// Nothing that GDAL would take for an address or a folder of its own gets past here.
  init(_ given: String, limit: Int) throws(VectorError) {
    guard !given.hasPrefix("/vsi"), !given.utf8.contains(0) else {
      throw VectorError(.notLocalFile, ["reason": "\(given.prefix(80))"])
    }
    guard let found = unsafe realpath(given, nil) else {
      throw VectorError(.notLocalFile, ["reason": "no existe / no such file"])
    }
    defer { unsafe free(found) }
    path = unsafe String(cString: found)
    var about = stat()
    guard !path.hasPrefix("/vsi"), unsafe stat(path, &about) == 0,
      about.st_mode & S_IFMT == S_IFREG
    else { throw VectorError(.notLocalFile, ["reason": "no es un archivo / not a file"]) }
    byteCount = Int(about.st_size)
    guard byteCount <= limit else {
      throw VectorError(.tooManyBytes, ["found": String(byteCount), "limit": String(limit)])
    }
  }

  /// 0 where there is no such file.
  static func byteCount(_ path: String) -> Int {
    var about = stat()
    return unsafe stat(path, &about) == 0 ? Int(about.st_size) : 0
  }

  /// The first bytes, all of them where `count` is the size.
  func read(_ count: Int) throws(VectorError) -> [UInt8] {
    guard let file = unsafe fopen(path, "rb") else {
      throw VectorError(.notLocalFile, ["reason": "sin permiso / no right to read it"])
    }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = unsafe fread(&bytes, 1, count, file)
    bytes.removeLast(count - read)
    return bytes
  }
}

import Glibc

/// Names that GDAL would take for more than a file of this machine are refused.
enum LocalFile {
  static func check(_ path: String) throws(RasterError) {
    guard !path.hasPrefix("/vsi"), !path.contains("://") else {
      throw .cannotOpen(path: path, reason: "not a file of this machine")
    }
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else {
      throw .cannotOpen(path: path, reason: "the file is missing or may not be read")
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .cannotOpen(path: path, reason: "not a plain file")
    }
  }
}

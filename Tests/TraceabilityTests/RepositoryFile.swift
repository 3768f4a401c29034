import Foundation

/// Reads a file of the repository that these tests stand in.
enum RepositoryFile {
  struct Missing: Error { let path: String }

  static func read(_ name: String) throws -> [UInt8] {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.path + "/" + name)
    guard let data = FileManager.default.contents(atPath: folder.path + "/" + name) else {
      throw Missing(path: name)
    }
    return Array(data)
  }
}

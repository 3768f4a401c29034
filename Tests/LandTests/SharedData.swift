import Foundation
import Testing

/// Test data shared between checkouts, read in place: `../shared/data` beside the project.
enum SharedData {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["RAIZ_SHARED_DATA"] {
      return URL(fileURLWithPath: path)
    }
    return project.deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  /// The project's own folder.
  static let project: URL = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    let files = FileManager.default
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let isProject =
        files.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
        && files.fileExists(atPath: folder.appendingPathComponent("db").path)
      if isProject { break }
    }
    return folder
  }()

  static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// The file's bytes; an absent file fails the test and is named.
  static func bytes(_ name: String) throws -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: root.appendingPathComponent(name)))
    } catch {
      Issue.record("missing test data: \(path(name))")
      throw error
    }
  }
}

import Foundation

/// The project's own files, as they lie on disk.
struct Repository {
  let root: URL

  /// What is built, cloned or made by a run; never part of the project.
  private static let skipped: Set<String> = [".git", ".build", ".raiz", ".swiftpm", "__pycache__"]

  /// The first folder above this source's real place that holds `Package.swift` and `db`.
  static func find(from source: String = #filePath) throws -> Repository {
    var folder = URL(filePath: source).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let marks = ["Package.swift", "db"].map { folder.appending(path: $0).path }
      if marks.allSatisfy(FileManager.default.fileExists) { return Repository(root: folder) }
      folder = folder.deletingLastPathComponent()
    }
    throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: source])
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// Every file under a folder of the project (or under all of it), by relative path, sorted.
  func files(under folder: String = "", suffix: String = "") throws -> [String] {
    let start = folder.isEmpty ? root : root.appending(path: folder)
    guard FileManager.default.fileExists(atPath: start.path) else { return [] }
    var found: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: start.path).sorted() {
      let path = folder.isEmpty ? name : folder + "/" + name
      guard !Self.skipped.contains(name) else { continue }
      var isFolder: ObjCBool = false
      let full = root.appending(path: path).path
      guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else {
        continue
      }
      if isFolder.boolValue {
        found += try files(under: path, suffix: suffix)
      } else if path.hasSuffix(suffix) {
        found.append(path)
      }
    }
    return found
  }

  /// The project's Swift sources: what the format and length rules hold for.
  func swiftFiles() throws -> [String] {
    let folders = try ["Sources", "Tests", "db", "Benchmarks"].flatMap {
      try files(under: $0, suffix: ".swift")
    }
    return folders + ["Package.swift"]
  }

  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  func lines(_ path: String) throws -> [Substring] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  func byteCount(_ path: String) throws -> Int {
    let full = root.appending(path: path).path
    return try FileManager.default.attributesOfItem(atPath: full)[.size] as? Int ?? 0
  }

  /// `path:line` of every line that holds one of the words.
  func places(of words: [String], in paths: [String]) throws -> [String] {
    try paths.flatMap { path in
      try lines(path).enumerated().compactMap { number, line in
        words.contains { line.contains($0) } ? "\(path):\(number + 1): \(line)" : nil
      }
    }
  }
}

public import FoundationEssentials

/// A file of the shared data that tests read in place.
///
/// - Parameter relative: its path under the data folder, such as `"eudr/traces-country-codes.csv"`.
/// The data folder is `../shared/data` of the project, or what `RAIZ_SHARED_DATA` names.
/// Throws `MissingSharedData`, which names the file.
public func sharedData(_ relative: String, from source: String = #filePath) throws -> URL {
  let folder = try sharedDataFolder(from: source)
  let file = folder.appending(path: relative)
  guard FileManager.default.fileExists(atPath: file.path) else {
    throw MissingSharedData(path: file.path)
  }
  return file
}

/// A file that a test needs and that isn't there.
public struct MissingSharedData: Error, CustomStringConvertible {
  public let path: String

  public var description: String {
    "the shared data has no \(path): put it there, or name the data folder in RAIZ_SHARED_DATA"
  }
}

/// The project's folder: the first above the real place of the source file with `Package.swift` and
/// `db` (sources may be reached through links).
public func projectFolder(from source: String = #filePath) throws -> URL {
  var folder = URL(filePath: source).resolvingSymlinksInPath().deletingLastPathComponent()
  while folder.path != "/" {
    let marks = ["Package.swift", "db"].map { folder.appending(path: $0).path }
    if marks.allSatisfy(FileManager.default.fileExists) { return folder }
    folder = folder.deletingLastPathComponent()
  }
  throw MissingSharedData(path: "project folder above \(source)")
}

private func sharedDataFolder(from source: String) throws -> URL {
  if let named = ProcessInfo.processInfo.environment["RAIZ_SHARED_DATA"], !named.isEmpty {
    return URL(filePath: named)
  }
  return try projectFolder(from: source).deletingLastPathComponent()
    .appending(path: "shared/data")
}

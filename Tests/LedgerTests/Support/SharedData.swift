import Foundation
import Testing

/// Real data, read in place from the folder beside the project.
enum SharedData {
  static let root: String = {
    if let given = ProcessInfo.processInfo.environment["RAIZ_SHARED_DATA"] { return given }
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let manager = FileManager.default
      if manager.fileExists(atPath: folder.appending(path: "Package.swift").path),
        manager.fileExists(atPath: folder.appending(path: "db").path)
      {
        return folder.deletingLastPathComponent().appending(path: "shared/data").path
      }
    }
    return "/"
  }()

  /// The bytes of a file; a missing file fails the test and is named.
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
      Issue.record("missing file \(root)/\(path)")
      throw CocoaError(.fileNoSuchFile)
    }
    return [UInt8](data)
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func decode<T: Decodable>(_ path: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(type, from: Data(try bytes(path)))
  }

  /// Every file under a folder whose name ends so, with its path from the data's root.
  static func files(under folder: String, suffix: String) throws -> [String] {
    guard let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)") else {
      Issue.record("missing folder \(root)/\(folder)")
      throw CocoaError(.fileNoSuchFile)
    }
    return names.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted()
      .map { "\(folder)/\($0)" }
  }
}

/// A small generator with a fixed seed (SplitMix64), so that a failure comes again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

import Foundation
import TestSupport

/// The built program, run as a person would run it.
struct RaizProcess: Sendable {
  /// Goes with `remove()`.
  let folder: String
  var data: String { folder + "/data" }

  struct Result: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  struct NotBuilt: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) is missing: run «swift build --product raiz» first" }
  }

  /// Beside the test bundle, where the build puts it.
  static func program() throws -> String {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    for path in [folder + "/raiz", FileManager.default.currentDirectoryPath + "/.build/debug/raiz"]
    where FileManager.default.isExecutableFile(atPath: path) {
      return path
    }
    throw NotBuilt(path: folder + "/raiz")
  }

  func start(_ arguments: [String], output: Pipe = Pipe(), errors: Pipe = Pipe()) throws -> Process
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Self.program())
    process.arguments = arguments + ["--data", data, "--lang", "en"]
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> Result {
    try await Self.aside { try wait(arguments) }
  }

  /// Waits on a thread of its own: the few threads of Swift's pool are for tests that compute.
  static func aside<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Swift.Result { try body() }) }.start()
    }
  }

  private func wait(_ arguments: [String]) throws -> Result {
    let files = ["out", "err"].map { data + "-\(UUID().uuidString).\($0)" }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Self.program())
    process.arguments = arguments + ["--data", data, "--lang", "en"]
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = files.map {
      String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  /// The private cluster's postmaster, if it runs.
  var postmaster: pid_t? {
    let location = data + "/cluster-location"
    let named = FileManager.default.contents(atPath: location).map {
      String(decoding: $0, as: UTF8.self)
    }
    let folders = [data] + (named?.split(separator: "\n").map(String.init) ?? [])
    for folder in folders {
      let file = FileManager.default.contents(atPath: folder + "/pgdata/postmaster.pid")
      let line = file.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").first
      if let pid = line.flatMap({ pid_t($0) }) { return pid }
    }
    return nil
  }

  /// Ends the database that a test left running, and the folder.
  func remove() {
    TestFolders.clear(folder)
  }

  static func fresh() throws -> RaizProcess {
    // The processes write their output beside the data folder.
    let folder = try TestFolders.scratch()
    try FileManager.default.createDirectory(
      atPath: folder + "/data", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755])
    return RaizProcess(folder: folder)
  }
}

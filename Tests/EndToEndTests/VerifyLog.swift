import Foundation

/// The Go program in Tests/ThirdParty/verifylog: a stranger's own tools, none of our code.
struct VerifyLog: Sendable {
  private let program: String

  /// Debian's path for the sources of Go packages.
  private static let packages = "/usr/share/gocode"

  struct NotBuilt: Error, CustomStringConvertible {
    let reason: String
    var description: String {
      "verifylog cannot be built: \(reason)\n"
        + "It needs Go and golang.org/x/mod: apt-get install golang-go golang-golang-x-mod-dev"
    }
  }

  /// Builds it into a folder, without network.
  static func build(into folder: String) async throws -> VerifyLog {
    guard FileManager.default.fileExists(atPath: packages + "/src/golang.org/x/mod") else {
      throw NotBuilt(reason: "\(packages)/src/golang.org/x/mod is missing")
    }
    let program = folder + "/verifylog"
    var environment = ProcessInfo.processInfo.environment
    environment["GO111MODULE"] = "off"
    environment["GOPATH"] = packages
    environment["GOFLAGS"] = ""
    environment["GOTOOLCHAIN"] = "local"
    if environment["HOME"] == nil { environment["GOCACHE"] = folder + "/go-cache" }
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../ThirdParty/verifylog").standardized
    let result: Ended
    do {
      result = try await run(
        "/usr/bin/env", ["go", "build", "-o", program, "."], environment, in: source)
    } catch {
      throw NotBuilt(reason: "\(error)")
    }
    guard result.status == 0 else { throw NotBuilt(reason: result.text) }
    return VerifyLog(program: program)
  }

  struct Ended: Sendable {
    let status: Int32
    let text: String
  }

  /// Verifies the log at a URL or in a folder: 0 if it is sound, 1 if it is not.
  func run(_ base: String, key: String) async throws -> Ended {
    try await Self.run(program, [base, key], ProcessInfo.processInfo.environment, in: nil)
  }

  private static func run(
    _ program: String, _ arguments: [String], _ environment: [String: String], in folder: URL?
  ) async throws -> Ended {
    try await RaizProcess.aside {
      let output = Pipe()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.environment = environment
      process.currentDirectoryURL = folder
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let bytes = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return Ended(
        status: process.terminationStatus, text: String(decoding: bytes, as: UTF8.self))
    }
  }
}

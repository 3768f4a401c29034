import Foundation
import Synchronization

/// `raiz serve` as a process of its own, on any database.
final class RaizServer: @unchecked Sendable {
  static let token = String(repeating: "c0de", count: 16)

  let data: String
  let port: Int
  private let database: String
  private var process = Process()

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameter host: the folder with the socket of the database, or of a proxy before it.
  init(data: String, host: String, database: String, port: Int) throws {
    self.data = data
    self.port = port
    self.database = Self.url(host: host, database: database)
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try Data((Self.token + "\n").utf8).write(to: URL(filePath: data + "/api-token"))
  }

  static func url(host: String, database: String) -> String {
    let encoded = host.replacing("/", with: "%2F")
    return "postgresql://postgres@\(encoded)/\(database)"
  }

  /// A test that failed leaves nothing running.
  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  private static let started = Mutex<[Process]>([])
  private static let atExit: Void = {
    _ = atexit {
      for process in RaizServer.started.withLock({ $0 }) where process.isRunning {
        kill(process.processIdentifier, SIGKILL)
      }
    }
  }()

  /// What `RAIZ_PROGRAM` names, else the program beside the test bundle.
  static func program() throws -> String {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    let named = ProcessInfo.processInfo.environment["RAIZ_PROGRAM"].map { [$0] } ?? []
    let places =
      named + [folder + "/raiz", FileManager.default.currentDirectoryPath + "/.build/debug/raiz"]
    for path in places where FileManager.default.isExecutableFile(atPath: path) { return path }
    throw Failure(
      description: "\(places[0]) is missing: run «swift build --product raiz» first")
  }

  var pid: pid_t { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  var log: String { data + "/serve.log" }

  func start() throws {
    process = try make(["serve", "--port", "\(port)"], database: database, output: log)
    try process.run()
    Self.atExit
    Self.started.withLock { [process] in $0.append(process) }
  }

  /// Waits until it answers; throws what it said if it ended.
  func waitUntilUp(seconds: Int = 120) async throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      let port = port
      let answer = try await aside {
        PlainHTTP.send("GET", "/health", port: port, seconds: 2)
      }
      if answer?.status == 200 { return }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Failure(description: "raiz does not serve: " + said)
  }

  /// Starts it until it serves, as whoever watches over it does: it ends by itself where the
  /// database still recovers.
  func startAgain() async throws {
    for _ in 0..<20 {
      try start()
      do {
        return try await waitUntilUp()
      } catch {
        guard !isRunning, said.hasSuffix("[connection-failed]\n") else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    throw Failure(description: "raiz does not serve: " + said)
  }

  /// The end of what it has written so far.
  var said: String {
    String(
      decoding: (FileManager.default.contents(atPath: log) ?? Data()).suffix(2_000), as: UTF8.self)
  }

  /// Ends it: in good order by SIGTERM, at once by SIGKILL.
  func end(_ signal: Int32 = SIGTERM) async throws {
    let process = process
    if process.isRunning { kill(process.processIdentifier, signal) }
    try await aside { process.waitUntilExit() }
  }

  /// Another command over the same data folder; its exit code and output.
  func run(_ arguments: [String], host: String, database: String) async throws -> (
    status: Int32, output: String
  ) {
    let file = data + "/command-\(UUID().uuidString).log"
    let process = try make(
      arguments, database: Self.url(host: host, database: database), output: file)
    try process.run()
    try await aside { process.waitUntilExit() }
    let text = FileManager.default.contents(atPath: file) ?? Data()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  private func make(
    _ arguments: [String], database: String, output: String
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Self.program())
    process.arguments = arguments + ["--data", data, "--lang", "en"]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["DATABASE_URL": database]
    ) { $1 }
    if !FileManager.default.fileExists(atPath: output) {
      _ = FileManager.default.createFile(atPath: output, contents: nil)
    }
    let file = FileHandle(forWritingAtPath: output)
    _ = try file?.seekToEnd()
    process.standardOutput = file
    process.standardError = file
    process.standardInput = FileHandle.nullDevice
    return process
  }
}

/// Waits on a thread of its own: the few threads of Swift's pool are for tests that compute.
func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Result { try body() }) }.start()
  }
}

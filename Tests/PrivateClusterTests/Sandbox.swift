import FoundationEssentials
import PostgreSQL
import PrivateCluster
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A temporary folder for one test's data folder, which the server's user can reach.
struct Sandbox: Sendable {
  let root: String
  let folder: ClusterFolder

  var data: String { folder.path + "/pgdata" }

  /// - Parameter name: of the data folder, relative to the sandbox.
  init(_ name: String = "data") throws {
    let root = "/tmp/raiz-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    unsafe chmod(root, 0o711)
    self.root = root
    folder = ClusterFolder(root + "/" + name)
  }

  /// Gives the test a sandbox, then stops whatever still runs in it and removes it.
  static func with(
    _ name: String = "data", stocked: Bool = false, _ body: (Sandbox) async throws -> Void
  ) async throws {
    let sandbox = try Sandbox(name)
    if stocked { try await sandbox.stock() }
    do {
      try await body(sandbox)
    } catch {
      try await sandbox.remove()
      throw error
    }
    try await sandbox.remove()
  }

  /// Puts a copy of a cluster with one row in table `kept` into the data folder.
  private func stock() async throws {
    let original = try await Self.stocking.value
    try await Self.run(["/bin/cp", "-a", original.folder.path, folder.path])
  }

  private static let stocking = Task {
    let sandbox = try Sandbox()
    stocked.withLock { $0 = sandbox.root }
    atexit { try? FileManager.default.removeItem(atPath: Sandbox.stocked.withLock(\.self)) }
    let cluster = try await PrivateCluster.open(folder: sandbox.folder)
    try await execute("CREATE TABLE kept AS SELECT 'cacao' AS what", cluster.target)
    try await cluster.close()
    return sandbox
  }

  private static let stocked = Mutex("")

  private func remove() async throws {
    let user = try await ServerUser.current()
    let instance = ServerInstance(
      base: folder.path, programs: try await ServerPrograms.find(for: user), user: user,
      settings: ServerSettings(), log: { _ in })
    try await instance.stop(.immediate)
    try FileManager.default.removeItem(atPath: root)
  }

  @discardableResult
  static func run(_ command: [String]) async throws -> String {
    let outcome = try await ChildProcess.run(command)
    struct Failed: Error { let output: String }
    guard outcome.status == 0 else { throw Failed(output: outcome.output) }
    return outcome.output
  }
}

/// The first column of the answer, as text.
func answers(_ query: SQL, _ target: ConnectionTarget) async throws -> [String] {
  let session = try await Session.connect(target)
  do {
    let rows = try await session.query(query)
    await session.close()
    return try rows.map { try $0.decode(0, as: String.self) }
  } catch {
    await session.close()
    throw error
  }
}

func execute(_ statement: String, _ target: ConnectionTarget) async throws {
  let session = try await Session.connect(target)
  do {
    try await session.script(statement)
    await session.close()
  } catch {
    await session.close()
    throw error
  }
}

/// What `PrivateCluster.open` throws; nil if it opens (and is closed again).
func refusal(_ folder: ClusterFolder, programs: [String]? = nil) async throws -> ClusterError? {
  do throws(ClusterError) {
    let cluster = try await PrivateCluster.open(folder: folder, programs: programs) { _ in }
    try? await cluster.close()
    return nil
  } catch {
    return error
  }
}

/// What a cluster logged.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock(\.self) }
  var add: @Sendable (String) -> Void { { line in self.lines.withLock { $0.append(line) } } }
}

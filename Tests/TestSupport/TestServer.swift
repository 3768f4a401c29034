public import PostgreSQL
package import PrivateCluster

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A PostgreSQL server of the tests' own, in a temporary folder.
public actor TestServer {
  /// The superuser on the database `postgres`.
  public nonisolated let target: ConnectionTarget
  package nonisolated let instance: ServerInstance
  /// The temporary folder with the server's files.
  public nonisolated var folder: String { instance.base }
  private var databases = 0
  private var postgisTemplate: Task<Void, any Error>?

  private static let sharing = Task { try await TestServer(durable: false) }

  /// The one server of this test process: not durable, hence fast; stopped and removed at exit.
  public static func shared() async throws -> TestServer {
    try await sharing.value
  }

  /// A durable server for tests that stop or kill it. Call `remove()` at the end; what is forgotten
  /// goes at exit.
  public static func fresh() async throws -> TestServer {
    try await TestServer(durable: true)
  }

  private init(durable: Bool) async throws {
    let user = try await ServerUser.current()
    let programs = try await ServerPrograms.find(for: user)
    instance = ServerInstance(
      base: try TestFolders.make(), programs: programs, user: user,
      settings: ServerSettings(durable: durable), log: { _ in })
    TestFolders.stopAtExit(instance)
    try await instance.initialise()
    let socketFolder = try await instance.start()
    target = ServerInstance.target(socketFolder: socketFolder, database: "postgres")
  }

  /// A fresh, empty database of its own; with the extension `postgis` if asked for.
  public func database(postgis: Bool = false) async throws -> ConnectionTarget {
    if postgis { try await preparedPostgisTemplate() }
    databases += 1
    let name = "test_\(databases)"
    let template = postgis ? "template_postgis" : "template0"
    try await run("CREATE DATABASE \(name) TEMPLATE \(template)", on: target)
    return target.with("dbname", name)
  }

  /// Lets the tests connect as every role that may log in now (`SET ROLE` needs no such thing).
  public func admitLoginRoles() async throws { try await instance.admitLoginRoles(target) }

  /// Stops the server in good order.
  public func stop() async throws { try await instance.stop() }

  /// Starts it again, recovering if it was killed.
  public func start() async throws { _ = try await instance.start() }

  /// Ends the postmaster with SIGKILL, as the kernel would when memory runs out.
  public func killPostmaster() async throws {
    guard case .running(let process, _, _) = await instance.state() else { return }
    kill(process, SIGKILL)
  }

  /// Stops the server at once and removes its folder.
  public func remove() async throws {
    try await instance.stop(.immediate)
    try TestFolders.remove(instance)
  }

  private func preparedPostgisTemplate() async throws {
    if let postgisTemplate { return try await postgisTemplate.value }
    let target = target
    let task = Task {
      try await run("CREATE DATABASE template_postgis TEMPLATE template0", on: target)
      try await run("CREATE EXTENSION postgis", on: target.with("dbname", "template_postgis"))
    }
    postgisTemplate = task
    try await task.value
  }

  private nonisolated func run(_ statement: String, on target: ConnectionTarget) async throws {
    let session = try await Session.connect(target)
    do {
      try await session.script(statement)
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }
}

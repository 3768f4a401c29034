import Foundation
import PostgreSQL

@testable import PrivateCluster
@testable import TestSupport

/// A durable PostgreSQL server that tests kill, fill up and copy.
struct FaultServer: Sendable {
  let instance: ServerInstance

  /// - Parameters:
  ///   - base: an existing folder for the server's files; one of its own where nil.
  ///   - preload: a shared library that every process of the server loads first.
  ///   - durable: false flushes nothing, which a crash of the machine alone would show.
  static func make(
    base: String? = nil, preload: String? = nil, durable: Bool = true
  ) async throws -> FaultServer {
    let server = try await prepared(
      base: base ?? TestFolders.make(), preload: preload, durable: durable)
    try await server.instance.initialise()
    try await server.start()
    return server
  }

  /// A server over a folder that has, or will get, its files by another way.
  static func prepared(
    base: String, preload: String? = nil, durable: Bool = true
  ) async throws -> FaultServer {
    let user = try await ServerUser.current()
    let launcher = preload.map { user.launcher + ["/usr/bin/env", "LD_PRELOAD=" + $0] }
    let programs = try await ServerPrograms.find(for: user)
    let server = FaultServer(
      instance: ServerInstance(
        base: base, programs: programs,
        user: ServerUser(
          name: user.name, uid: user.uid, gid: user.gid, launcher: launcher ?? user.launcher),
        settings: ServerSettings(durable: durable), log: { _ in }))
    TestFolders.stopAtExit(server.instance)
    return server
  }

  var socketFolder: String { instance.socketFolder }
  var data: String { instance.data }

  func target(_ database: String = "postgres") -> ConnectionTarget {
    ServerInstance.target(socketFolder: socketFolder, database: database)
  }

  /// Starts the server if it is down, recovering what a kill left.
  func start() async throws { _ = try await instance.start() }

  func stop() async throws { try await instance.stop() }

  /// Nil where it is down.
  func postmaster() async -> pid_t? {
    guard case .running(let process, _, _) = await instance.state() else { return nil }
    return process
  }

  func database(_ name: String) async throws -> ConnectionTarget {
    try await asSuperuser("CREATE DATABASE \(name) TEMPLATE template0")
    return target(name)
  }

  func asSuperuser(_ script: String, in database: String = "postgres") async throws {
    let session = try await Session.connect(target(database))
    do {
      try await session.script(script)
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }

  /// Runs one of PostgreSQL's programs as the server's user.
  func run(_ program: String, _ arguments: [String]) async throws {
    let outcome = try await ChildProcess.run(
      instance.user.launcher + [instance.programs.path(program)] + arguments)
    guard outcome.status == 0 else { throw ProgramFailed(text: program + ": " + outcome.output) }
  }

  struct ProgramFailed: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }

  func remove() async throws {
    try await instance.stop(.immediate)
    try TestFolders.remove(instance)
  }
}

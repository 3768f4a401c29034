import Foundation
import Testing

@testable import PrivateCluster
@testable import TestSupport

/// A database that lacks events which were acknowledged and published.
@Suite(.serialized) struct RestoreTests {
  @Test func `given an older base backup then raiz refuses to sign over it and audit says why`()
    async throws
  {
    let server = try await FaultServer.make()
    let raiz = try await served(by: server)
    try await acknowledge(20, raiz)
    let copy = try await baseBackup(of: server)
    try await acknowledge(20, raiz)
    try await raiz.end()
    try await server.stop()
    try await copy.start()
    try await expectRefusal(raiz, copy)
    // The newer one is still good.
    try await server.start()
    try await expectAccepted(raiz, server)
    try await copy.remove()
    try await server.remove()
    try FileManager.default.removeItem(atPath: raiz.data)
  }

  @Test func `given a replica promoted without its last events then raiz refuses to sign over it`()
    async throws
  {
    let primary = try await FaultServer.make()
    let raiz = try await served(by: primary)
    try await acknowledge(10, raiz)
    let replica = try await baseBackup(of: primary, "--write-recovery-conf")
    try await replica.start()
    let behind = try await acknowledge(10, raiz)
    let reading = replica.target(Campaign.database)
    try await wait("the replica to follow") {
      var check = LedgerCheck(reading)
      return try await check.run(behind).isEmpty
    }
    try await replica.stop()
    try await acknowledge(20, raiz)
    try await raiz.end()
    try await primary.instance.stop(.immediate)
    try await replica.start()
    try await replica.run("pg_ctl", ["promote", "--wait", "--pgdata=" + replica.data])
    try await expectRefusal(raiz, replica)
    try await replica.remove()
    try await primary.remove()
    try FileManager.default.removeItem(atPath: raiz.data)
  }

  private func served(by server: FaultServer) async throws -> RaizServer {
    _ = try await server.database(Campaign.database)
    let raiz = try RaizServer(
      data: try TestFolders.make(), host: server.socketFolder,
      database: Campaign.database, port: FreePort.take())
    try await Workload.prepare(raiz, on: server)
    try raiz.start()
    try await raiz.waitUntilUp()
    return raiz
  }

  @discardableResult private func acknowledge(
    _ number: Int, _ raiz: RaizServer
  ) async throws -> [String: Acknowledgement] {
    let clients = Clients(count: 2, ports: [raiz.port], patience: 20, prefix: "\(UUID())")
    try await wait("acts") { clients.acknowledged.count >= number }
    try await clients.finish()
    #expect(clients.acknowledged.wrong == [])
    return clients.acknowledged.all
  }

  /// A second server over a copy of the first's files, not started yet.
  private func baseBackup(
    of server: FaultServer, _ options: String...
  ) async throws -> FaultServer {
    let copy = try await FaultServer.prepared(base: TestFolders.make())
    try Files.makeFolder(copy.data, mode: 0o700, owner: copy.instance.user)
    try await server.run(
      "pg_basebackup",
      [
        "--pgdata=" + copy.data, "--host=" + server.socketFolder, "--username=postgres",
        "--wal-method=stream", "--checkpoint=fast", "--no-sync",
      ] + options)
    return copy
  }

  private func expectRefusal(_ raiz: RaizServer, _ server: FaultServer) async throws {
    var before = LedgerCheck(server.target(Campaign.database))
    #expect(try await before.run([:]) == [])
    for command in [["serve", "--port", "\(raiz.port)"], ["audit"]] {
      let outcome = try await raiz.run(
        command, host: server.socketFolder, database: Campaign.database)
      #expect(outcome.status != 0, "\(command)")
      #expect(outcome.output.contains("was published"), "\(command): \(outcome.output)")
    }
    var after = LedgerCheck(server.target(Campaign.database))
    #expect(try await after.run([:]) == [])
    #expect(after.size == before.size)
  }

  private func expectAccepted(_ raiz: RaizServer, _ server: FaultServer) async throws {
    let outcome = try await raiz.run(
      ["audit"], host: server.socketFolder, database: Campaign.database)
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}

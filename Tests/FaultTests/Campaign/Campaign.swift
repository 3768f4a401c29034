import Foundation
import PostgreSQL

@testable import TestSupport

/// Servers on one ledger, each behind a proxy of its own, and clients that post acts to them.
final class Campaign {
  static let database = "faults"

  let database: FaultServer
  let servers: [RaizServer]
  let proxies: [Proxy]
  let clients: Clients
  let imports = Imports()
  let folder: String
  private(set) var counts: [String: Int] = [:]
  private(set) var problems: [String] = []
  private var check: LedgerCheck

  /// Sets everything up and lets the clients begin.
  static func begin(
    servers count: Int = 1, clients: Int = 4, pause: Duration = .milliseconds(20)
  ) async throws -> Campaign {
    let folder = try TestFolders.make()
    // What a killed process has written stays though nothing is flushed.
    let database = try await FaultServer.make(durable: false)
    _ = try await database.database(Self.database)
    var servers: [RaizServer] = []
    var proxies: [Proxy] = []
    for number in 0..<count {
      let place = "\(folder)/\(number)"
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true)
      proxies.append(try Proxy(folder: place, server: database.socketFolder))
      servers.append(
        try RaizServer(
          data: place + "/data", host: place, database: Self.database, port: FreePort.take()))
      if number == 0 {
        try await Workload.prepare(servers[0], on: database)
      } else {
        // Servers of one ledger sign with one key.
        try FileManager.default.copyItem(
          atPath: servers[0].data + "/ledger.key", toPath: servers[number].data + "/ledger.key")
      }
      try servers[number].start()
      try await servers[number].waitUntilUp()
    }
    return Campaign(
      database: database, servers: servers, proxies: proxies,
      clients: Clients(count: clients, ports: servers.map(\.port), pause: pause), folder: folder)
  }

  private init(
    database: FaultServer, servers: [RaizServer], proxies: [Proxy], clients: Clients,
    folder: String
  ) {
    self.database = database
    self.servers = servers
    self.proxies = proxies
    self.clients = clients
    self.folder = folder
    check = LedgerCheck(database.target(Self.database))
  }

  /// One fault: strikes, mends what it broke, waits until acts are acknowledged again, checks.
  func strike(_ fault: Fault, at number: Int = 0) async throws {
    let (proxy, raiz) = (proxies[number], servers[number])
    var fault = fault
    fault.postmaster = await database.postmaster() ?? 0
    let before = proxy.struck
    proxy.arm(fault)
    let importing = fault.step.isCopy ? Self.begin(imports, by: raiz, host: proxy.folder) : nil
    try await waitFor("an append to meet \(fault.name)") { proxy.struck > before }
    counts[fault.name, default: 0] += 1
    if fault.action.endsDatabase {
      try await waitFor("the database to end") { kill(fault.postmaster, 0) != 0 }
      try await database.start()
    }
    // A killed import is repeated by whoever began it.
    if fault.action == .killRaiz, !fault.step.isCopy {
      try await raiz.end(SIGKILL)
      try await raiz.startAgain()
    }
    try await waitFor("the proxy to take connections") { !proxy.isRefusing }
    for server in servers where !server.isRunning {
      throw RaizServer.Failure(description: "raiz ended by itself: " + server.said)
    }
    let settled = clients.acknowledged.count
    try await waitFor("acts to be acknowledged after \(fault.name)") {
      self.clients.acknowledged.count > settled
    }
    try await importing?.value
    problems += try await checked()
  }

  private static func begin(
    _ imports: Imports, by raiz: RaizServer, host: String
  ) -> Task<Void, any Error> {
    Task { try await imports.take(by: raiz, host: host, database: database) }
  }

  /// A database whose process was killed may end our own session too while it recovers.
  private func checked() async throws -> [String] {
    var found: [String] = []
    try await waitFor("the database to be read") {
      var next = check
      do {
        found = try await next.run(clients.acknowledged.all, imported: imports.acknowledged)
      } catch is PostgresError {
        return false
      }
      check = next
      return true
    }
    return found
  }

  /// Ends the clients, asks again for some acts, reads the whole ledger, audits, clears away.
  func end(repeating limit: Int) async throws {
    try await clients.finish()
    let acts = clients.acknowledged.all
    let some = Set(acts.keys.shuffled().prefix(limit))
    try await clients.repeatAll(acts.filter { some.contains($0.key) })
    problems += clients.acknowledged.wrong
    var whole = LedgerCheck(database.target(Self.database))
    problems += try await whole.run(
      clients.acknowledged.all, imported: imports.acknowledged)
    for server in servers {
      try await server.end()
      // Each has published checkpoints of its own: the ledger must contain both's.
      let audit = try await server.run(
        ["audit"], host: database.socketFolder, database: Self.database)
      if audit.status != 0 { problems.append("audit: " + audit.output) }
    }
    for proxy in proxies { proxy.close() }
    try await database.remove()
    try FileManager.default.removeItem(atPath: folder)
  }

  private func waitFor(_ what: String, _ isThere: () async throws -> Bool) async throws {
    do {
      try await wait(what, until: isThere)
    } catch {
      let said = servers.map { "\n" + $0.said }.joined()
      throw RaizServer.Failure(description: "\(error)\(said)")
    }
  }
}

import FoundationEssentials
import PostgreSQL
import PrivateCluster
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Making, joining, leaving and losing the server.
struct LifeTests {
  @Test func `given no folder when opened then a durable server answers on a socket only`()
    async throws
  {
    try await Sandbox.with("new/data") { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      let settings = try await answers(
        """
        SELECT name || '=' || setting FROM pg_settings WHERE name IN ('data_checksums', 'fsync',
        'synchronous_commit', 'full_page_writes', 'listen_addresses', 'server_encoding',
        'max_connections') ORDER BY name
        """, cluster.target)
      #expect(
        settings == [
          "data_checksums=on", "fsync=on", "full_page_writes=on", "listen_addresses=",
          "max_connections=100", "server_encoding=UTF8", "synchronous_commit=on",
        ])
      #expect(try await answers("SELECT current_database()::text", cluster.target) == ["raiz"])
      #expect(
        try await answers("SELECT extname::text FROM pg_extension ORDER BY 1", cluster.target)
          == ["plpgsql", "postgis"])
      try await cluster.close()
      #expect(await cluster.instance.state() == .stopped)
      #expect(!exists(cluster.instance.socketFolder))
      try await cluster.close()
    }
  }

  @Test func `given a closed cluster when opened again then its data is there`() async throws {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(try await answers("SELECT what FROM kept", cluster.target) == ["cacao"])
      try await cluster.close()
    }
  }

  @Test func `given two users when one leaves then the server stays until the other does`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      async let one = PrivateCluster.open(folder: sandbox.folder)
      async let two = PrivateCluster.open(folder: sandbox.folder)
      let (first, second) = try await (one, two)
      #expect(first.target == second.target)
      try await first.close()
      #expect(try await answers("SELECT what FROM kept", second.target) == ["cacao"])
      try await second.close()
      #expect(await second.instance.state() == .stopped)
    }
  }

  @Test func `given another process's lock when it is killed then the next to close stops`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      // Holds the shared lock as another raiz would, in a process of its own.
      let other = try Self.background([
        "/usr/bin/flock", "--shared", "--no-fork", sandbox.folder.path + "/users.lock",
        "/bin/sleep", "60",
      ])
      try await Self.settle { Self.name(of: other) == "sleep" }
      try await cluster.close()
      let left = await cluster.instance.state()
      kill(other, SIGKILL)
      var status: Int32 = 0
      _ = unsafe waitpid(other, &status, 0)

      let next = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(await next.instance.state() == left)
      try await next.close()
      #expect(await next.instance.state() == .stopped)
    }
  }

  @Test func `given a user that ended without closing when opened then the server is joined`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let orphan = try await {
        // Goes out of scope unclosed: its locks drop as the kernel drops a killed process's.
        let cluster = try await PrivateCluster.open(folder: sandbox.folder)
        return await cluster.instance.state()
      }()
      let lines = Lines()
      let next = try await PrivateCluster.open(folder: sandbox.folder, log: lines.add)
      #expect(await next.instance.state() == orphan)
      #expect(lines.all.contains { $0.hasPrefix("joining") })
      try await next.close()
      #expect(await next.instance.state() == .stopped)
    }
  }

  @Test func `given a killed postmaster with live back ends when opened then no data is lost`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      try await execute("INSERT INTO kept VALUES ('palma')", cluster.target)
      let session = try await Session.connect(cluster.target)
      try #require(await cluster.instance.state().processID.map { kill($0, SIGKILL) } == 0)

      let next = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(
        try await answers("SELECT what FROM kept ORDER BY 1", next.target) == ["cacao", "palma"])
      await session.close()
      try await cluster.close()
      try await next.close()
    }
  }

  private static func background(_ command: [String]) throws -> pid_t {
    let words = unsafe command.map { unsafe strdup($0) } + [nil]
    var child: pid_t = 0
    let problem = unsafe posix_spawn(&child, command[0], nil, nil, words, nil)
    for index in unsafe words.indices { unsafe free(words[index]) }
    try #require(problem == 0)
    return child
  }

  private static func name(of process: pid_t) -> String? {
    try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
      .split(separator: "\n").first.map(String.init)
  }

  private static func settle(_ isDone: () -> Bool) async throws {
    for _ in 0..<3_000 where !isDone() { try await Task.sleep(for: .milliseconds(20)) }
    try #require(isDone())
  }
}

func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

extension ServerState {
  var processID: Int32? {
    if case .running(let process, _, _) = self { process } else { nil }
  }
}

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

/// What earlier mishaps left, and what the machine lacks.
struct MishapTests {
  @Test func `given a half-made cluster when opened then it is removed and a whole one made`()
    async throws
  {
    try await Sandbox.with { sandbox in
      let half = sandbox.folder.path + "/pgdata.new-4711"
      try FileManager.default.createDirectory(
        atPath: half + "/base/1", withIntermediateDirectories: true)
      try Data("15\n".utf8).write(to: URL(filePath: half + "/PG_VERSION"))
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(!exists(half))
      #expect(try await answers("SELECT 'whole'", cluster.target) == ["whole"])
      try await cluster.close()
    }
  }

  @Test(arguments: [getpid(), 4_194_305])
  func `given a stale pid file when opened then the server starts`(process: Int32) async throws {
    try await Sandbox.with(stocked: true) { sandbox in
      // Either another program's process by now (this one's), or nobody's.
      let text = "\(process)\n\(sandbox.data)\n1700000000\n5432\n/tmp\n\n  1 2\nready   \n"
      let file = sandbox.data + "/postmaster.pid"
      try Data(text.utf8).write(to: URL(filePath: file))
      unsafe chmod(file, 0o644)
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(try await answers("SELECT what FROM kept", cluster.target) == ["cacao"])
      try await cluster.close()
    }
  }

  @Test func `given a version that is not installed when opened then it names what to install`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let file = URL(filePath: sandbox.data + "/PG_VERSION")
      let version = try Data(contentsOf: file)
      try Data("12\n".utf8).write(to: file)
      let error = try #require(try await refusal(sandbox.folder))
      #expect(error.code == .majorVersionMissing)
      #expect(error.remedy.contains("postgresql-12"))

      try version.write(to: file)
      #expect(try await refusal(sandbox.folder) == nil)
    }
  }

  @Test func `given no working programs when opened then it says what to install`() async throws {
    try await Sandbox.with { sandbox in
      // A wrapper on PATH that works for nobody is passed over, and so is a folder without all.
      let wrappers = sandbox.root + "/wrappers"
      try FileManager.default.createDirectory(
        atPath: wrappers, withIntermediateDirectories: false)
      for name in ["initdb", "postgres", "pg_ctl"] {
        try Data("#!/bin/sh\nexit 1\n".utf8).write(to: URL(filePath: "\(wrappers)/\(name)"))
        unsafe chmod("\(wrappers)/\(name)", 0o755)
      }
      let error = try #require(
        try await refusal(sandbox.folder, programs: [wrappers, sandbox.root]))
      #expect(error.code == .programsMissing)
      #expect(error.place.contains(wrappers))

      let user = try await ServerUser.current()
      let usual = ServerPrograms.candidateFolders()
      let found = try await ServerPrograms.find(for: user, among: [wrappers] + usual)
      #expect(found.folder != wrappers)
      #expect((14...18).contains(found.majorVersion))
    }
  }

  @Test func `given a broken setting when opened then the server's own words are in the error`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let file = URL(filePath: sandbox.data + "/postgresql.conf")
      let good = try Data(contentsOf: file)
      try (good + Data("chocolate_level = 70\n".utf8)).write(to: file)
      let error = try #require(try await refusal(sandbox.folder))
      #expect(error.code == .startFailed)
      #expect(error.what.contains("chocolate_level"))

      try good.write(to: file)
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(try await answers("SELECT what FROM kept", cluster.target) == ["cacao"])
      try await cluster.close()
    }
  }

  @Test func `given a full disk when the server fails then the error says so`() async throws {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      let said = "FATAL:  could not write lock file \"postmaster.pid\": No space left on device"
      let error = cluster.instance.failure(.startFailed, "the server did not start", said)
      #expect(error.code == .diskFull)
      #expect(error.what.contains(said))
      try await cluster.close()
    }
  }

  @Test func `given a socket folder of somebody else when opened then it is not trusted`()
    async throws
  {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      let folder = cluster.instance.socketFolder
      try await cluster.close()
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      if geteuid() == 0 { unsafe chown(folder, 65_534, 65_534) }
      unsafe chmod(folder, geteuid() == 0 ? 0o700 : 0o777)
      let error = try #require(try await refusal(sandbox.folder))
      #expect(error.code == .socketFolderUntrusted)
      #expect(error.place == folder)
      try FileManager.default.removeItem(atPath: folder)
    }
  }

  @Test func `given a new role when admitted then this user may connect as it`() async throws {
    try await Sandbox.with(stocked: true) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      try await execute("CREATE ROLE \"clerk one\" LOGIN", cluster.target)
      let clerk = cluster.target.with("user", "clerk one")
      await #expect(throws: (any Error).self) { try await answers("SELECT 'in'", clerk) }
      try await cluster.admitLoginRoles()
      #expect(try await answers("SELECT current_user::text", clerk) == ["clerk one"])
      try await cluster.close()
    }
  }
}

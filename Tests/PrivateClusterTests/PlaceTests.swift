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

/// Where the data folder may be, and where not.
struct PlaceTests {
  @Test func `given names of the data folder when resolved then the nearest counts`() {
    let all = ["RAIZ_DATA": "/d", "XDG_DATA_HOME": "/x", "HOME": "/h"]
    #expect(ClusterFolder.resolve(explicit: "/e/./f/", environment: all).path == "/e/f")
    #expect(ClusterFolder.resolve(environment: all).path == "/d")
    #expect(
      ClusterFolder.resolve(environment: ["XDG_DATA_HOME": "/x", "HOME": "/h"]).path == "/x/raiz")
    let relative = ["XDG_DATA_HOME": "x", "HOME": "/h", "RAIZ_DATA": ""]
    #expect(ClusterFolder.resolve(environment: relative).path == "/h/.local/share/raiz")
    #expect(ClusterFolder("data").path == FileManager.default.currentDirectoryPath + "/data")
  }

  @Test func `given a file where the data folder should be when opened then refused`()
    async throws
  {
    try await Sandbox.with("file") { sandbox in
      let file = sandbox.folder.path
      try Data("mine".utf8).write(to: URL(filePath: file))
      for path in [file, file + "/below"] {
        let error = try #require(try await refusal(ClusterFolder(path)))
        #expect(error.code == .folderIsFile)
        #expect(error.place == file)
      }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }
  }

  @Test func `given a path of two lines when opened then refused`() async throws {
    try await Sandbox.with("one\ntwo") { sandbox in
      let error = try #require(try await refusal(sandbox.folder))
      #expect(error.code == .folderNameUnusable)
    }
  }

  @Test func `given a folder nobody may write to when opened then refused with the place`()
    async throws
  {
    try await Sandbox.with { sandbox in
      // Permission bits do not hold root; no user may make a folder in /sys.
      let place = geteuid() == 0 ? "/sys" : sandbox.root + "/shut"
      if geteuid() != 0 {
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: false)
        unsafe chmod(place, 0o500)
      }
      let error = try #require(try await refusal(ClusterFolder(place + "/raiz")))
      #expect(error.code == .folderNotWritable)
      #expect(error.place == place + "/raiz")
      #expect(error.description.contains("cluster.folder-not-writable"))
    }
  }

  @Test func `given a cluster of another user when opened then refused`() async throws {
    try await Sandbox.with { sandbox in
      let place = geteuid() == 0 ? sandbox.data : "/"
      if geteuid() == 0 {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        unsafe chown(place, 65_534, 65_534)
      }
      let folder = geteuid() == 0 ? sandbox.folder : ClusterFolder(place)
      let error = try #require(try await refusal(folder))
      #expect(error.code == .folderOwnedByAnother)
      #expect(error.place == place)
    }
  }

  @Test func `given a folder with a very long path when opened then it works`() async throws {
    let name = Array(repeating: "cooperativa ñ'\\ \"San Martín\" $(id)", count: 6)
      .joined(separator: "/")
    try await Sandbox.with(name) { sandbox in
      let cluster = try await PrivateCluster.open(folder: sandbox.folder)
      #expect(sandbox.folder.path.utf8.count > 200)
      #expect(try await answers("SELECT 'here'", cluster.target) == ["here"])
      #expect(exists(sandbox.data))
      try await cluster.close()
    }
  }

  @Test func `given a closed parent folder when root opens then the cluster goes elsewhere`()
    async throws
  {
    try await Sandbox.with { sandbox in
      unsafe chmod(sandbox.root, 0o700)
      let lines = Lines()
      let cluster = try await PrivateCluster.open(folder: sandbox.folder, log: lines.add)
      try await execute("CREATE TABLE t AS SELECT 'kept' AS what", cluster.target)
      try await cluster.close()
      let base = cluster.instance.base
      guard geteuid() == 0 else {
        #expect(base == sandbox.folder.path)
        return
      }
      #expect(base.hasPrefix("/var/lib/raiz/"))
      #expect(lines.all.contains { $0.contains(base) })
      #expect(!exists(sandbox.data))

      // The file in the data folder goes where the folder goes.
      let moved = ClusterFolder(sandbox.root + "/moved")
      try FileManager.default.moveItem(atPath: sandbox.folder.path, toPath: moved.path)
      let again = try await PrivateCluster.open(folder: moved)
      #expect(try await answers("SELECT what FROM t", again.target) == ["kept"])
      try await again.close()

      // A lost cluster is said to be lost, and no empty one takes its place.
      try FileManager.default.removeItem(atPath: base)
      let error = try #require(try await refusal(moved))
      #expect(error.code == .clusterMissing)
      #expect(error.place == base + "/pgdata")
    }
  }
}

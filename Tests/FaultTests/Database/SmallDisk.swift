import Foundation

@testable import PrivateCluster
@testable import TestSupport

/// A server whose tables lie where there is little room: on a small file system of their own where
/// one may be mounted, else on a disk that says so.
struct SmallDisk {
  let server: FaultServer
  private let folder: String
  private let isMounted: Bool
  private let disk: RefusingDisk

  private static func make() async throws -> SmallDisk {
    let folder = try TestFolders.make()
    let disk = try await RefusingDisk.make(in: folder)
    let server = try await FaultServer.make(preload: disk.shim)
    let place = folder + "/tables"
    try Files.makeFolder(place, mode: 0o700, owner: server.instance.user)
    let user = server.instance.user
    let options = "size=48m,mode=0700,uid=\(user.uid),gid=\(user.gid)"
    let mounted = try? await ChildProcess.run(
      ["/usr/bin/env", "mount", "-t", "tmpfs", "-o", options, "tmpfs", place])
    return SmallDisk(
      server: server, folder: folder, isMounted: mounted?.status == 0, disk: disk)
  }

  private var place: String { folder + "/tables" }
  private var ballast: String { place + "/ballast" }

  /// Makes a database there. A tablespace cannot be made together with anything else.
  func makeDatabase(_ name: String) async throws {
    try await server.asSuperuser("CREATE TABLESPACE small LOCATION '\(place)'")
    try await server.asSuperuser(
      "CREATE DATABASE \(name) TEMPLATE template0 TABLESPACE small")
  }

  /// Leaves no room.
  func fill() throws {
    guard isMounted else { return try disk.refuse("space") }
    _ = FileManager.default.createFile(atPath: ballast, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: ballast))
    let block = Data(repeating: 1, count: 65_536)
    while (try? file.write(contentsOf: block)) != nil {}
    try? file.close()
  }

  func makeRoom() throws {
    guard isMounted else { return try disk.allow("space") }
    try FileManager.default.removeItem(atPath: ballast)
  }

  /// A disk for the time of `body`, which may fail: nothing stays mounted.
  static func with(_ body: (SmallDisk) async throws -> Void) async throws {
    let small = try await make()
    do {
      try await body(small)
    } catch {
      try? await small.remove()
      throw error
    }
    try await small.remove()
  }

  private func remove() async throws {
    // The file system goes even if the server does not end: lazily then.
    var problem: (any Error)?
    do {
      try await server.remove()
    } catch {
      problem = error
    }
    if isMounted {
      let outcome = try await ChildProcess.run(["/usr/bin/env", "umount", place])
      if outcome.status != 0 {
        _ = try await ChildProcess.run(["/usr/bin/env", "umount", "--lazy", place])
      }
    }
    if let problem { throw problem }
    try FileManager.default.removeItem(atPath: folder)
  }
}

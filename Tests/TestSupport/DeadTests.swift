import FoundationEssentials
import PrivateCluster

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Clears away what test processes that were killed left running and lying about.
enum DeadTests {
  private static let patience = 100

  static func sweep() {
    for name in names("/tmp") where name.hasPrefix(TestFolders.prefix) {
      let parts = name.dropFirst(TestFolders.prefix.count).split(separator: "-")
      guard let first = parts.first, let owner = pid_t(first), owner > 1,
        kill(owner, 0) != 0, errno == ESRCH
      else { continue }
      clear("/tmp/" + name)
    }
  }

  /// Ends what works in the folder, and removes it.
  static func clear(_ place: String) {
    // A server writes on until it is gone, and is told to go by a signal.
    var data = Set(files("pgdata", in: place))
    for _ in 0..<patience {
      let living = processes(in: place)
      if living.isEmpty { break }
      for (process, folder) in living {
        data.insert(folder)
        kill(process, SIGQUIT)
      }
      usleep(20_000)
    }
    for location in files("cluster-location", in: place) {
      let elsewhere = (try? String(contentsOfFile: location, encoding: .utf8))?
        .split(separator: "\n").first.map(String.init)
      if let elsewhere, elsewhere.hasPrefix("/var/lib/raiz/") { clear(elsewhere) }
    }
    for folder in mounts(in: place) {
      _ = try? ChildProcess.runBlocking(
        ["/usr/bin/env", "umount", "--lazy", folder], deadlineSeconds: 30)
    }
    try? FileManager.default.removeItem(atPath: place)
    let sockets = data.map { "-" + StableHash.hexadecimal($0) }
    for name in names("/tmp") where name.hasPrefix("raiz-") {
      if sockets.contains(where: name.hasSuffix) {
        try? FileManager.default.removeItem(atPath: "/tmp/" + name)
      }
    }
  }

  /// Where file systems of their own are mounted in the folder.
  private static func mounts(in folder: String) -> [String] {
    let table = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    return table.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count > 1 && words[1].hasPrefix(folder + "/") ? String(words[1]) : nil
    }
  }

  /// Paths with this last name, in the folder and below, but not inside clusters.
  private static func files(_ wanted: String, in folder: String) -> [String] {
    names(folder).flatMap { name in
      let path = folder + "/" + name
      if name == wanted { return [path] }
      return name.hasPrefix("pgdata") ? [] : files(wanted, in: path)
    }
  }

  /// Processes that work in the folder or below, and where: a server works in its data folder.
  private static func processes(in folder: String) -> [(process: pid_t, folder: String)] {
    names("/proc").compactMap { name in
      guard let process = pid_t(name),
        let working = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/\(name)/cwd"),
        working == folder || working.hasPrefix(folder + "/")
      else { return nil }
      return (process, working)
    }
  }

  private static func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}

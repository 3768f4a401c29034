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

  /// A test's folder, and its cluster elsewhere if its data folder names one.
  private static func clear(_ folder: String) {
    var places = [folder]
    let location = try? String(contentsOfFile: folder + "/data/cluster-location", encoding: .utf8)
    if let elsewhere = location?.split(separator: "\n").first, elsewhere.hasPrefix("/var/lib/raiz/")
    {
      places.append(String(elsewhere))
    }
    for place in places {
      // A server writes on until it is gone, and is told to go by a signal.
      var data: Set<String> = [place + "/pgdata", place + "/data/pgdata"]
      for _ in 0..<patience {
        let living = processes(in: place)
        if living.isEmpty { break }
        for (process, folder) in living {
          data.insert(folder)
          kill(process, SIGQUIT)
        }
        usleep(20_000)
      }
      try? FileManager.default.removeItem(atPath: place)
      let sockets = data.map { "-" + StableHash.hexadecimal($0) }
      for name in names("/tmp") where name.hasPrefix("raiz-") {
        if sockets.contains(where: name.hasSuffix) {
          try? FileManager.default.removeItem(atPath: "/tmp/" + name)
        }
      }
    }
  }

  /// Processes that work in the folder or below, and where: a server works in its data folder.
  private static func processes(in folder: String) -> [(process: pid_t, folder: String)] {
    names("/proc").compactMap { name in
      guard let process = pid_t(name),
        let working = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/\(name)/cwd"),
        working.hasPrefix(folder + "/")
      else { return nil }
      return (process, working)
    }
  }

  private static func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}

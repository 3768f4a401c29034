import FoundationEssentials
import PrivateCluster
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The temporary folders of tests and their servers: `/tmp/raiz-test-<process>-<number>`. What a
/// process leaves goes when it ends; what a killed one leaves, when the next begins.
public enum TestFolders {
  static let prefix = "raiz-test-"
  private static let running = Mutex<[String: ServerInstance]>([:])
  private static let scratches = Mutex<Set<String>>([])
  private static let swept: Void = DeadTests.sweep()
  private static let atExit: Void = { _ = atexit { TestFolders.removeAll() } }()

  /// A new folder that the server's user can enter.
  static func make() throws -> String {
    swept
    let name = "\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let path = "/tmp/" + name
    guard unsafe mkdir(path, 0o711) == 0, unsafe chmod(path, 0o711) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: ["NSFilePath": path])
    }
    return path
  }

  /// A new folder for a test's own files, which goes at exit at the latest.
  public static func scratch() throws -> String {
    atExit
    let path = try make()
    scratches.withLock { _ = $0.insert(path) }
    return path
  }

  /// Ends the servers that work in such a folder, and removes it and their sockets.
  public static func clear(_ path: String) {
    _ = scratches.withLock { $0.remove(path) }
    DeadTests.clear(path)
  }

  static func stopAtExit(_ instance: ServerInstance) {
    atExit
    running.withLock { $0[instance.base] = instance }
  }

  static func remove(_ instance: ServerInstance) throws {
    _ = running.withLock { $0.removeValue(forKey: instance.base) }
    try FileManager.default.removeItem(atPath: instance.base)
    try? FileManager.default.removeItem(atPath: instance.socketFolder)
  }

  private static func removeAll() {
    let left = running.withLock { Array($0.values) }
    for instance in left {
      _ = try? ChildProcess.runBlocking(instance.stopCommand(.immediate), deadlineSeconds: 30)
      try? remove(instance)
    }
    for path in scratches.withLock({ $0 }) where FileManager.default.fileExists(atPath: path) {
      DeadTests.clear(path)
    }
  }
}

import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program that has ended: its exit status (128 + signal if a signal ended it) and its output.
package struct FinishedProgram: Sendable {
  package let status: Int32
  /// Standard output and standard error, in the order printed; at most `outputLimitBytes`.
  package let output: String
}

/// Runs one of PostgreSQL's programs to its end.
///
/// The child gets an environment of our own (a stray `PGDATA` or `PGOPTIONS` must not reach the
/// server), a working folder that the server's user can enter (it may not be able to enter ours),
/// no signal mask, and a process group of its own, so that Ctrl-C at the terminal ends raiz in its
/// own order and not the server's programs under it.
package enum ChildProcess {
  package static let outputLimitBytes = 1 << 20
  package static let defaultDeadlineSeconds = 180

  /// The shell enters the folder that follows, then becomes the program.
  private static let entry = ["/bin/sh", "-c", "cd -- \"$0\" && exec \"$@\""]

  private static let waiting = DispatchQueue(
    label: "raiz.private-cluster.programs", attributes: .concurrent)

  /// Waits off the Swift concurrency pool. Throws `.programFailed` if the program can't be
  /// started, `.programTimedOut` (after killing it) if it passes the deadline.
  package static func run(
    _ command: [String], in folder: String = "/",
    deadlineSeconds: Int = defaultDeadlineSeconds
  ) async throws(ClusterError) -> FinishedProgram {
    let result = await withCheckedContinuation { continuation in
      waiting.async {
        continuation.resume(
          returning: Result { () throws(ClusterError) in
            try runBlocking(command, in: folder, deadlineSeconds: deadlineSeconds)
          })
      }
    }
    return try result.get()
  }

  /// The same on the caller's thread, for where nothing can be awaited (a handler at exit).
  package static func runBlocking(
    _ command: [String], in folder: String = "/",
    deadlineSeconds: Int = defaultDeadlineSeconds
  ) throws(ClusterError) -> FinishedProgram {
    var ends: [Int32] = [-1, -1]
    guard openPipe(&ends) == 0 else {
      throw failure(command, "no pipe could be opened: \(errorText(errno))")
    }
    defer { close(ends[0]) }
    let child: pid_t
    do {
      defer { close(ends[1]) }
      child = try spawn(command, in: folder, output: ends[1])
    }
    let (bytes, inTime) = drain(ends[0], deadlineSeconds: deadlineSeconds)
    if !inTime { kill(child, SIGKILL) }
    var state: Int32 = 0
    while unsafe waitpid(child, &state, 0) < 0, errno == EINTR {}
    let output = String(decoding: bytes, as: UTF8.self)
    guard inTime else {
      throw ClusterError(
        .programTimedOut,
        "\(command.last(where: { $0.contains("/") }) ?? "a program") was still running after "
          + "\(deadlineSeconds) seconds, and was ended. \(output)",
        at: command.joined(separator: " "),
        remedy: "see whether the machine or its disk is overloaded, then start raiz again")
    }
    let signal = state & 0x7f
    return FinishedProgram(status: signal == 0 ? (state >> 8) & 0xff : 128 + signal, output: output)
  }

  /// A pipe no other child inherits. A server that inherited it would keep it open for its life,
  /// and we would wait for its end as long.
  private static func openPipe(_ ends: inout [Int32]) -> Int32 {
    #if canImport(Darwin)
      unsafe pipe(&ends)
    #else
      // `pipe2` is not visible here; a pair of sockets can be made private in one step too.
      unsafe socketpair(
        AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    #endif
  }

  #if canImport(Darwin)
    private typealias FileActions = posix_spawn_file_actions_t?
  #else
    private typealias FileActions = posix_spawn_file_actions_t
  #endif

  /// Keeps every descriptor but the standard three from the child.
  ///
  /// The server outlives us. One end of a pipe to whoever started us, were it to hold that, would
  /// keep them waiting for as long as it runs. They are closed in the child: to mark ours here
  /// would take them from a child that another thread starts at this moment.
  private static func closeOthers(_ actions: inout FileActions) {
    let limit = Int32(min(sysconf(Int32(_SC_OPEN_MAX)), 65_536))
    guard let last = (3..<limit).last(where: { fcntl($0, F_GETFD) >= 0 }) else { return }
    // Some more than are open now, for other threads' sake; to close what is not open is no error.
    for descriptor in 3..<min(last + 64, limit) {
      unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }
  }

  private static func spawn(
    _ command: [String], in folder: String, output: Int32
  ) throws(ClusterError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    unsafe closeOthers(&actions)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = unsafe (entry + [folder] + command).map { unsafe strdup($0) } + [nil]
    let settings = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
      for index in unsafe settings.indices { unsafe free(settings[index]) }
    }
    var child: pid_t = 0
    let problem = unsafe posix_spawn(&child, entry[0], &actions, &attributes, words, settings)
    guard problem == 0 else { throw failure(command, errorText(problem)) }
    return child
  }

  private static var environment: [String] {
    ["PATH=" + Environment.searchPath.joined(separator: ":"), "LC_ALL=C", "HOME=/"]
  }

  /// Reads to the end of the output; false if the deadline passed first.
  private static func drain(_ end: Int32, deadlineSeconds: Int) -> ([UInt8], Bool) {
    let deadline = ContinuousClock.now + .seconds(deadlineSeconds)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    while true {
      let left = deadline - .now
      guard left > .zero else { return (bytes, false) }
      var wanted = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&wanted, 1, Int32(left.components.seconds * 1000 + 1))
      if ready <= 0 { continue }
      let count = unsafe read(end, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (bytes, true) }
      bytes.append(contentsOf: chunk[..<min(count, outputLimitBytes - bytes.count)])
    }
  }

  private static func failure(_ command: [String], _ reason: String) -> ClusterError {
    ClusterError(
      .programFailed, "the program could not be started: \(reason)",
      at: command.joined(separator: " "),
      remedy: "see that the program is there and that this user may run it")
  }
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String {
  unsafe String(cString: strerror(number))
}

import Foundation

@testable import PrivateCluster

/// A library that a server loads first, and that makes its disk refuse while a file of that name
/// exists: `fsync`, flushing; `space`, writing anything but the write-ahead log.
struct RefusingDisk {
  let shim: String
  private let folder: String

  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <stdio.h>
    #include <string.h>
    #include <sys/uio.h>
    #include <unistd.h>

    static int refuses(const char *flag) {
      int saved = errno;
      int found = access(flag, F_OK) == 0;
      errno = saved;
      return found;
    }

    static int is_log(int file) {
      char name[64], path[512];
      snprintf(name, sizeof name, "/proc/self/fd/%d", file);
      ssize_t length = readlink(name, path, sizeof path - 1);
      if (length < 0) return 1;
      path[length] = 0;
      return strstr(path, "/base/") == NULL;
    }

    int fsync(int file) {
      static int (*next)(int);
      if (!next) next = dlsym(RTLD_NEXT, "fsync");
      if (refuses(FOLDER "/fsync")) { errno = EIO; return -1; }
      return next(file);
    }

    int fdatasync(int file) {
      static int (*next)(int);
      if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
      if (refuses(FOLDER "/fsync")) { errno = EIO; return -1; }
      return next(file);
    }

    ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
      static ssize_t (*next)(int, const void *, size_t, off64_t);
      if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
      if (refuses(FOLDER "/space") && !is_log(file)) { errno = ENOSPC; return -1; }
      return next(file, bytes, count, offset);
    }

    ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
      return pwrite64(file, bytes, count, offset);
    }
    """

  /// Compiles it in a folder that the server's user can enter.
  static func make(in folder: String) async throws -> RefusingDisk {
    let source = folder + "/refusing.c"
    let shim = folder + "/refusing.so"
    try Data(Self.source.utf8).write(to: URL(filePath: source))
    var said = ""
    // Swift comes with a C compiler, and so does almost every machine it runs on.
    for compiler in ["cc", "clang", "gcc"] {
      let outcome = try await ChildProcess.run(
        [
          "/usr/bin/env", "PATH=\(path)", compiler, "-shared", "-fPIC", "-O1",
          "-DFOLDER=\"\(folder)\"", "-o", shim, source, "-ldl",
        ], in: folder)
      if outcome.status == 0 { return RefusingDisk(shim: shim, folder: folder) }
      said += outcome.output
    }
    throw FaultServer.ProgramFailed(text: "no C compiler works: " + said)
  }

  private static var path: String {
    ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  }

  func refuse(_ what: String) throws {
    try Data().write(to: URL(filePath: folder + "/" + what))
  }

  func allow(_ what: String) throws {
    try FileManager.default.removeItem(atPath: folder + "/" + what)
  }
}

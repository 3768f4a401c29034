extension ServerInstance {
  static let logTailLines = 20

  /// The error for a failed program, with what it printed; a full disk gets its own code.
  package func failure(
    _ code: ClusterError.Code, _ what: String, _ output: String
  ) -> ClusterError {
    let said = output.split(separator: "\n").suffix(2 * Self.logTailLines)
      .map { "\n    \($0)" }.joined()
    let full = ["No space left on device", "Disk quota exceeded"].contains(where: output.contains)
    return ClusterError(
      full ? .diskFull : code, "\(what); PostgreSQL said:\(said)", at: data,
      remedy: full
        ? "free some space on this disk, then start raiz again; no data was removed"
        : "mend what PostgreSQL names above, then start raiz again; its log is in \(logFolder), "
          + "and no data was removed")
  }

  /// The last lines of this start's messages and of the newest log file.
  func logTail() -> String {
    let daily = Files.names(logFolder).filter { $0.hasPrefix("postgres-") }
      .map { "\(logFolder)/\($0)" }
      .max { Files.modified($0) < Files.modified($1) }
    return [daily, startLog].compactMap(\.self)
      .map { path in
        (Files.text(path) ?? "").split(separator: "\n").suffix(Self.logTailLines)
          .joined(separator: "\n")
      }
      .joined(separator: "\n")
  }
}

import ValueTypes

/// Follows the streams and commits of some events by their names, through all entries of a log.
struct LogSuspects {
  private var versions: [String: Int64] = [:]
  private var commits: [String: Int64] = [:]
  private var lastCommit = ""

  /// - Parameter events: whose streams and commits are looked at.
  init(_ events: [EventEnvelope]) {
    for event in events {
      versions[event.stream.text] = 0
      commits[event.commit.text] = -1
    }
  }

  mutating func take(
    _ envelope: EventEnvelope, at position: Int64, _ report: inout LogAuditReport
  ) {
    let (stream, commit) = (envelope.stream.text, envelope.commit.text)
    if let before = versions[stream] {
      if envelope.version != before + 1 {
        report.add(
          .streamWrong, at: position,
          "\(stream) goes from version \(before) to \(envelope.version)")
      }
      versions[stream] = envelope.version
    }
    if let before = commits[commit] {
      if before >= 0, commit != lastCommit {
        report.add(
          .keyWrong, at: position, "\(commit) was recorded before, up to position \(before)")
      }
      commits[commit] = position
    }
    lastCommit = commit
  }
}

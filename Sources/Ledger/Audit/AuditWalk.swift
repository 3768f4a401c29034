import PostgreSQL

/// How much an audit reads at a time.
struct AuditSteps: Sendable {
  /// Positions of a window, whole tiles.
  var window: Int64 = 1 << 14
  /// Positions of one statement, whole windows: no snapshot is held for long, and the server does
  /// not take the statement for one that is worth compiling.
  var statement: Int64 = 1 << 15
  /// Of events; whole ones, so that a page may be larger. Three pages are in memory.
  var pageBytes = 2 << 20
  /// Streams whose versions are kept in mind.
  var streams = StreamVersions.usualLimit
}

/// Reads all events in order, and what stands beside them, and hands them to a pass. While a page
/// is checked, the next is hashed and the one after it is read; while a statement gives its pages,
/// what stands beside those of the next is read on another session, if one is free.
struct AuditWalk: Sendable {
  let reader: LedgerReader
  let size: Int64
  let steps: AuditSteps

  private static let tries = 10
  private static let pause = Duration.milliseconds(20)

  /// `progress` hears of every statement's end, with the pass as it then is.
  func run(
    _ pass: inout AuditPass, progress: (inout AuditPass, Int64) async throws -> Void
  ) async throws {
    var windows = WindowLoader(reader: reader, size: size, steps: steps)
    defer { windows.cancel() }
    while pass.next < size {
      let end = min(pass.next + steps.statement, size)
      // Waited for while no session is held: there may be only one.
      var ahead = try await windows.next()[...]
      try await readAgainIfLost(to: end, &pass, &ahead)
      while let window = ahead.popFirst() { pass.open(window) }
      pass.closeWindow()
      // With no session held either: it may ask the database.
      try await progress(&pass, end)
    }
  }

  /// A connection that is lost costs what was on its way.
  private func readAgainIfLost(
    to end: Int64, _ pass: inout AuditPass, _ ahead: inout ArraySlice<AuditWindow>
  ) async throws {
    for attempt in 1..<Self.tries {
      do {
        return try await read(to: end, &pass, &ahead)
      } catch let error as PostgresError where error.isConnectionLoss {
        try await Task.sleep(for: Self.pause * attempt)
      }
    }
    try await read(to: end, &pass, &ahead)
  }

  private func read(
    to end: Int64, _ pass: inout AuditPass, _ ahead: inout ArraySlice<AuditWindow>
  ) async throws {
    let statement = AuditRow.statement(reader.ledger, pass.next..<end)
    try await reader.pool.withSession { session in
      var hashing: Task<AuditPage, any Error>?
      try await session.forEachCopyPage(statement, bytes: steps.pageBytes) { page in
        try Task.checkCancellation()
        let before = hashing
        hashing = Task { try AuditPage(page) }
        if let before { Self.check(try await before.value, &pass, &ahead) }
      }
      if let hashing { Self.check(try await hashing.value, &pass, &ahead) }
    }
  }

  private static func check(
    _ page: AuditPage, _ pass: inout AuditPass, _ ahead: inout ArraySlice<AuditWindow>
  ) {
    var index = 0
    while !pass.check(page, from: &index) {
      guard let window = ahead.popFirst() else { return }
      pass.open(window)
    }
  }
}

/// Gives the windows of statement after statement; those of the next are read while some are used.
private struct WindowLoader {
  let reader: LedgerReader
  let size: Int64
  let steps: AuditSteps
  private var start: Int64 = 0
  private var loading: Task<[AuditWindow], any Error>?

  init(reader: LedgerReader, size: Int64, steps: AuditSteps) {
    self.reader = reader
    self.size = size
    self.steps = steps
    loading = load()
  }

  func cancel() { loading?.cancel() }

  /// Empty after the last.
  mutating func next() async throws -> [AuditWindow] {
    guard let windows = try await loading?.value else { return [] }
    start += steps.statement
    loading = load()
    return windows
  }

  private func load() -> Task<[AuditWindow], any Error>? {
    guard start < size else { return nil }
    let (reader, window, range) = (reader, steps.window, start..<min(start + steps.statement, size))
    return Task {
      var windows: [AuditWindow] = []
      for from in stride(from: range.lowerBound, to: range.upperBound, by: Int(window)) {
        let part = from..<min(from + window, range.upperBound)
        windows.append(try await AuditWindow.load(part, reader))
      }
      return windows
    }
  }
}

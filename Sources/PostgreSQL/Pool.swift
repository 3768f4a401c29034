import Foundation

/// Lends sessions, a bounded number at a time.
public actor Pool {
  private let target: ConnectionTarget
  private let limits: PoolLimits
  private var state: PoolState<Session, UUID>
  private var waiters: [UUID: CheckedContinuation<Session, any Error>] = [:]

  public init(_ target: ConnectionTarget, limits: PoolLimits = PoolLimits()) {
    self.target = target
    self.limits = limits
    state = PoolState(limits: limits)
  }

  /// Lends a session for the time of `body`.
  ///
  /// - Throws: `poolExhausted`, `deadlineExceeded` (of the wait), `poolClosed`, what connecting
  ///   throws, and what `body` throws.
  public nonisolated func withSession<T>(
    _ body: (Session) async throws -> T
  ) async throws -> T {
    let session = try await borrow()
    do {
      let value = try await body(session)
      await giveBack(session)
      return value
    } catch {
      await giveBack(session)
      throw error
    }
  }

  /// Lends a session until `giveBack`, for whoever works on one for good; else see `withSession`.
  package nonisolated func lend() async throws -> Session { try await borrow() }

  /// Closes idle sessions now and lent ones as they come back; waiting borrowers are refused.
  public func close() async {
    let (idle, waiting) = state.close()
    for waiter in waiting {
      waiters.removeValue(forKey: waiter)?
        .resume(throwing: PostgresError(.poolClosed, "the pool is closed"))
    }
    for session in idle { await session.close() }
  }

  private func borrow() async throws -> Session {
    while true {
      let waiter = UUID()
      switch state.borrow(waiter) {
      case .lend(let session):
        // The server may have gone while it stood idle; then it is replaced.
        if await session.isReusable { return session }
        await settle(state.lost())
      case .open: return try await openSession()
      case .refuse(let error): throw error
      case .wait: return try await wait(waiter)
      }
    }
  }

  private func openSession() async throws -> Session {
    do {
      let session = try await Session.connect(target, within: limits.connect)
      await session.limitStatements(to: limits.statementTimeout)
      return session
    } catch {
      await settle(state.lost())
      throw error
    }
  }

  private func wait(_ waiter: UUID) async throws -> Session {
    let limit = limits.wait
    let timer = Task { [weak self] in
      try await Task.sleep(for: limit)
      await self?.expire(
        waiter, PostgresError(.deadlineExceeded, "no session came free within \(limit)"))
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiters[waiter] = $0 }
    } onCancel: {
      Task { await self.expire(waiter, CancellationError()) }
    }
  }

  private func expire(_ waiter: UUID, _ error: any Error) {
    guard state.giveUp(waiter) else { return }
    waiters.removeValue(forKey: waiter)?.resume(throwing: error)
  }

  /// Takes back what was lent; a session that cannot be used again is closed.
  package func giveBack(_ session: Session) async {
    let isReusable = await session.isReusable
    let action = state.giveBack(session, isReusable: isReusable)
    if case .hand(let waiter) = action, let continuation = waiters.removeValue(forKey: waiter) {
      continuation.resume(returning: session)
      return
    }
    if !isReusable || state.isClosed { await session.close() }
    await settle(action)
  }

  private func settle(_ action: PoolState<Session, UUID>.Returning) async {
    guard case .open(let waiter) = action else { return }
    do {
      let session = try await Session.connect(target, within: limits.connect)
      await session.limitStatements(to: limits.statementTimeout)
      if let continuation = waiters.removeValue(forKey: waiter) {
        continuation.resume(returning: session)
      } else {
        await giveBack(session)
      }
    } catch {
      waiters.removeValue(forKey: waiter)?.resume(throwing: error)
      await settle(state.lost())
    }
  }
}

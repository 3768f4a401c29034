import CPostgreSQL
import Foundation

/// One NOTIFY.
public struct PostgresNotification: Sendable, Hashable {
  public let channel: String
  public let payload: String
}

extension Session {
  /// Listens on a channel. The stream ends when the session closes or its connection is lost.
  /// A session that listens is not lent again by a pool.
  public func listen(_ channel: String) async throws -> AsyncStream<PostgresNotification> {
    try await execute("LISTEN \(identifier: channel)")
    guard let connection else { throw PostgresError(.connectionLost, "the session is closed") }
    let (stream, continuation) = AsyncStream.makeStream(
      of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(1_024))
    let identifier = UUID()
    listeners[channel, default: [:]][identifier] = continuation
    continuation.onTermination = { [weak self] _ in
      guard let self else { return }
      Task { await self.forget(channel, identifier) }
    }
    thread.watch(connection.socket) { [weak self] in
      // The watcher runs on this session's own thread, between its jobs.
      self?.assumeIsolated { $0.takeNotifications() }
    }
    return stream
  }

  public func notify(_ channel: String, payload: String = "") async throws {
    try await execute("SELECT pg_notify(\(channel), \(payload))")
  }

  private func forget(_ channel: String, _ identifier: UUID) {
    listeners[channel]?[identifier] = nil
    if listeners[channel]?.isEmpty == true { listeners[channel] = nil }
  }

  private func takeNotifications() {
    guard let connection else { return }
    guard unsafe PQconsumeInput(connection.pointer) == 1 else { return close() }
    while let notification = unsafe PQnotifies(connection.pointer) {
      let channel = unsafe String(cString: notification.pointee.relname)
      let payload = unsafe String(cString: notification.pointee.extra)
      unsafe PQfreemem(notification)
      for stream in listeners[channel]?.values.map({ $0 }) ?? [] {
        stream.yield(PostgresNotification(channel: channel, payload: payload))
      }
    }
  }
}

/// The server's settings that raiz fixes; everything else keeps PostgreSQL's default.
package struct ServerSettings: Sendable, Hashable {
  package static let sharedBuffersMegabytes = 256
  package static let maxWALGigabytes = 2
  package static let maxConnections = 100
  /// Test processes run many ledgers at once.
  package static let maxTestConnections = 500
  package static let logRotationMegabytes = 10

  /// False only for databases that are thrown away: a crash of the machine would ruin them.
  package var durable: Bool

  package init(durable: Bool = true) { self.durable = durable }

  static let fileName = "raiz.conf"

  /// The text of `raiz.conf`, which the cluster's `postgresql.conf` includes as its last line.
  /// It is written anew at every start.
  func text(socketFolder: String, logFolder: String) -> String {
    """
    # Written by raiz at every start. Put settings of your own into postgresql.conf.
    listen_addresses = ''
    unix_socket_directories = \(quoted(socketFolder))
    unix_socket_permissions = 0700
    port = \(ServerInstance.port)
    max_connections = \(durable ? Self.maxConnections : Self.maxTestConnections)
    shared_buffers = '\(Self.sharedBuffersMegabytes)MB'
    max_wal_size = '\(Self.maxWALGigabytes)GB'
    fsync = \(onOff(durable))
    synchronous_commit = \(onOff(durable))
    full_page_writes = \(onOff(durable))
    timezone = 'UTC'
    log_timezone = 'UTC'
    lc_messages = 'C'
    log_checkpoints = off
    logging_collector = on
    log_directory = \(quoted(logFolder))
    log_filename = 'postgres-%a.log'
    log_file_mode = 0600
    log_rotation_age = '1d'
    log_rotation_size = '\(Self.logRotationMegabytes)MB'
    log_truncate_on_rotation = on

    """
  }

  private func onOff(_ value: Bool) -> String { value ? "on" : "off" }

  /// As PostgreSQL's configuration files quote: a quote and a backslash are doubled.
  private func quoted(_ text: String) -> String {
    let doubled = text.reduce(into: "") { result, character in
      if character == "'" || character == "\\" { result.append(character) }
      result.append(character)
    }
    return "'\(doubled)'"
  }
}

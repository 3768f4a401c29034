import PostgreSQL

/// Brings keys that stand in the database's table out into the key store.
enum KeyTransfer {
  /// Writes the ledger's keys to files, flushes them, and only then deletes the rows: a crash in
  /// between leaves both, and the next start goes on. Returns how many were moved.
  ///
  /// The session must own the table.
  static func run(
    _ session: Session, ledger: String, into keys: PersonKeyStore
  ) async throws -> Int {
    guard try await hasKeys(session, ledger) else { return 0 }
    return try await session.transaction { session in
      // One process moves them; another that starts now finds none.
      try await session.execute("LOCK TABLE raiz_vault.person_keys IN ACCESS EXCLUSIVE MODE")
      let rows = try await session.query(
        """
        SELECT identifier, key FROM raiz_vault.person_keys
        WHERE ledger = (SELECT ledger FROM raiz.ledgers WHERE name = \(ledger))
        """)
      try keys.keep(
        try rows.map { PersonKey(identifier: try $0.decode(0), bytes: try $0.decode(1)) })
      try await session.execute(
        """
        DELETE FROM raiz_vault.person_keys
        WHERE ledger = (SELECT ledger FROM raiz.ledgers WHERE name = \(ledger))
        """)
      let left = try await session.query("SELECT 1 FROM raiz_vault.person_keys LIMIT 1")
      // Deleted rows stay in the table's file until it is made anew.
      if left.isEmpty { try await session.execute("TRUNCATE raiz_vault.person_keys") }
      return rows.count
    }
  }

  private static func hasKeys(_ session: Session, _ ledger: String) async throws -> Bool {
    let rows = try await session.query(
      """
      SELECT 1 FROM raiz_vault.person_keys
      WHERE ledger = (SELECT ledger FROM raiz.ledgers WHERE name = \(ledger)) LIMIT 1
      """)
    return !rows.isEmpty
  }
}

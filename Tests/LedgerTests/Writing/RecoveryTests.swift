import Foundation
import PostgreSQL
import TestSupport
import Testing
import ValueTypes

@testable import Ledger

@Suite struct RecoveryTests {
  @Test func `connections killed while appending lose and double nothing`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let killer = try await Session.connect(ledger.target)
      let done = Task {
        try await withThrowingTaskGroup(of: CommitReceipt.self) { group in
          for number in 0..<120 {
            group.addTask {
              try await Task.sleep(for: .milliseconds(number * 5))
              return try await writer.append(Sample.commit("\(number)", ["lot:\(number % 7)"]))
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
      }
      for _ in 0..<12 {
        try await killer.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """)
        try await Task.sleep(for: .milliseconds(50))
      }
      let receipts = try await done.value
      await killer.close()
      #expect(Set(receipts.map(\.firstPosition)) == Set(0..<120))
      #expect(receipts.allSatisfy { !$0.duplicate })
      await writer.close()
      #expect(try await ledger.audit().discrepancies == [])
    }
  }

  /// Failed though written: the server commits, and the answer never comes.
  @Test func `an acknowledgement lost after the commit is settled by asking`() async throws {
    let server = try await TestServer.fresh()
    try await TestLedger.with(on: server) { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("before", ["lot:1"]))
      // A commit that waits for a standby that does not exist is on disk already.
      try await ledger.asSuperuser("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
      try await ledger.asSuperuser("SELECT pg_reload_conf()")
      // Sessions that begin once a new one has the setting have it as well.
      try await ledger.wait("the server to read its settings") {
        try await ledger.number(
          """
          SELECT count(*) FROM pg_settings
          WHERE name = 'synchronous_standby_names' AND setting = 'nobody'
          """) == 1
      }
      try await ledger.asSuperuser(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      let lost = Task { try await writer.append(Sample.commit("lost", ["lot:1"])) }
      let session = try await Session.connect(
        ledger.target.with("options", "-c synchronous_commit=local"))
      var ended: [Row] = []
      for _ in 0..<2_400 where ended.isEmpty {
        try await Task.sleep(for: .milliseconds(50))
        ended = try await session.query(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'
            AND datname = current_database()
          """)
      }
      #expect(ended.count == 1)
      try await session.execute("ALTER SYSTEM RESET synchronous_standby_names")
      try await session.execute("SELECT pg_reload_conf()")
      let receipt = try await lost.value
      #expect(receipt.firstPosition == 1 && !receipt.duplicate && receipt.checkpointSize == 2)
      await session.close()
      await writer.close()
      let report = try await ledger.audit()
      #expect(report.size == 2)
      #expect(report.discrepancies == [])
    }
    try await server.remove()
  }

  @Test func `a database restored to an earlier point is refused`() async throws {
    try await withFolder { folder in
      let file = PublishedCheckpointFile(path: folder.appending(path: "published").path)
      try await TestLedger.with { ledger in
        let writer = try await ledger.writer(published: file)
        _ = try await writer.append(Sample.commit("a", ["lot:1", "lot:2"]))
        await writer.close()
        let restored = try await copy(of: ledger)
        try await TestLedger.with(ledger.target) { ledger in
          let writer = try await ledger.writer(published: file)
          _ = try await writer.append(Sample.commit("b", ["lot:1"]))
          await writer.close()
          let note = try #require(try file.load())
          #expect(try ledger.signer.verifier.open(note).size == 3)
          #expect(try await ledger.audit(published: file).isSound)
        }
        try await TestLedger.with(restored) { older in
          await #expect(throws: LedgerError.rolledBack(published: 3, found: 2)) {
            try await older.writer(published: file)
          }
          let report = try await older.audit(published: file)
          #expect(report.discrepancies.map(\.kind) == [.publishedDiffers])
          #expect(report.discrepancies[0].positions == 2..<3)
          try await expectForkRefused(older, file)
        }
      }
    }
  }

  /// The restored ledger grows past the published size with other events.
  private func expectForkRefused(
    _ older: TestLedger, _ file: PublishedCheckpointFile
  ) async throws {
    let careless = try await older.writer()
    for key in ["x", "y"] { _ = try await careless.append(Sample.commit(key, ["lot:9"])) }
    await careless.close()
    let error = await #expect(throws: LedgerError.self) {
      try await older.writer(published: file)
    }
    #expect(error?.code == "inconsistent")
    let report = try await older.audit(published: file)
    #expect(report.discrepancies.map(\.kind) == [.publishedDiffers])
  }

  /// A copy of the database as it is now; nobody may be connected to it.
  private func copy(of ledger: TestLedger) async throws -> ConnectionTarget {
    await ledger.pool.close()
    let name = "copy_\(UInt32.random(in: 0 ... .max))"
    let original = try #require(ledger.target.parameters["dbname"])
    let session = try await Session.connect(ledger.target.with("dbname", "postgres"))
    try await session.script("CREATE DATABASE \(name) TEMPLATE \(original)")
    await session.close()
    return ledger.target.with("dbname", name)
  }

  @Test func `a fenced writer stops for good`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("a", ["lot:1"]))
      try await ledger.asSuperuser("SELECT raiz.end_epoch(ledger) FROM raiz.ledgers")
      for key in ["b", "c"] {
        await #expect(throws: LedgerError.fenced(held: 1, found: 2)) {
          try await writer.append(Sample.commit(key, ["lot:1"]))
        }
      }
      let next = try await ledger.writer()
      #expect(try await next.append(Sample.commit("b", ["lot:1"])).firstPosition == 1)
      await next.close()
      await writer.close()
    }
  }

  @Test func `a writer refuses a head that its own hashes do not lead to`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("a", ["lot:1"]))
      await writer.close()
      try await ledger.asSuperuser("UPDATE raiz.ledgers SET root = sha256('x')")
      let error = await #expect(throws: LedgerError.self) { try await ledger.writer() }
      #expect(error?.code == "inconsistent")
    }
  }

  @Test func `nothing more is signed while the checkpoint cannot be stored outside`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "deep/published").path
      try await TestLedger.with { ledger in
        let writer = try await ledger.writer(published: PublishedCheckpointFile(path: path))
        _ = try await writer.append(Sample.commit("a", ["lot:1"]))
        // It is stored beside the appends, so some may pass before it is known that it cannot be.
        var passed: Int64 = 1
        var refusal: LedgerError?
        while refusal == nil, passed < 500 {
          do {
            _ = try await writer.append(Sample.commit("\(passed)", ["lot:1"]))
            passed += 1
            try await Task.sleep(for: .milliseconds(20))
          } catch let error as LedgerError {
            refusal = error
          }
        }
        #expect(refusal?.code == "file")
        try FileManager.default.createDirectory(
          at: folder.appending(path: "deep"), withIntermediateDirectories: true)
        #expect(try await writer.append(Sample.commit("b", ["lot:1"])).firstPosition == passed)
        await writer.close()
        let note = try #require(try PublishedCheckpointFile(path: path).load())
        #expect(try ledger.signer.verifier.open(note).size == passed + 1)
      }
    }
  }
}

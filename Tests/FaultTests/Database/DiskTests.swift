import Foundation
import Ledger
import PostgreSQL
import Testing

@testable import TestSupport

/// What a ledger does when its disk does not.
@Suite(.serialized) struct DiskTests {
  @Test func `given a disk that refuses to flush then nothing acknowledged is lost`() async throws {
    let folder = try TestFolders.make()
    let disk = try await RefusingDisk.make(in: folder)
    let server = try await FaultServer.make(preload: disk.shim)
    let target = try await server.database("ledger")
    try await FaultLedger.migrate(target)
    let ledger = try FaultLedger("flush", in: target)
    let writer = try await ledger.writer()
    let lanes = Lanes()
    async let running: Void = lanes.run(4, on: writer)
    for _ in 0..<2 {
      let before = lanes.receipts.count
      try await wait("commits") { lanes.receipts.count > before + 10 }
      try disk.refuse("fsync")
      // PostgreSQL must not trust a disk that failed to flush: it ends, and recovers from its log.
      try await wait("the server to end") { await server.postmaster() == nil }
      let stopped = lanes.receipts.count
      try await Task.sleep(for: .milliseconds(200))
      #expect(lanes.receipts.count == stopped)
      try disk.allow("fsync")
      try await server.start()
      try await wait("commits again") { lanes.receipts.count > stopped + 10 }
    }
    lanes.end()
    try await running
    try await expectSound(lanes, ledger)
    await writer.close()
    await ledger.pool.close()
    try await server.remove()
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test func `given a full disk then commits are refused by name until there is room`()
    async throws
  {
    try await SmallDisk.with { small in
      let server = small.server
      try await small.makeDatabase("ledger")
      let target = server.target("ledger")
      try await FaultLedger.migrate(target)
      let ledger = try FaultLedger("full", in: target)
      let writer = try await ledger.writer()
      let lanes = Lanes(bytes: 30_000)
      async let running: Void = lanes.run(4, on: writer)
      try await wait("commits") { lanes.receipts.count > 10 }
      try small.fill()
      try await wait("a refusal") { lanes.errors.contains { $0.contains("No space left") } }
      let full = lanes.receipts.count
      try small.makeRoom()
      try await wait("commits again") { lanes.receipts.count > full + 10 }
      lanes.end()
      try await running
      try await expectSound(lanes, ledger)
      await writer.close()
      await ledger.pool.close()
    }
  }

  /// Everything acknowledged is there, and the ledger is what it says.
  private func expectSound(_ lanes: Lanes, _ ledger: FaultLedger) async throws {
    #expect(try await lanes.problems(in: try await ledger.reader()) == [])
    #expect(try await ledger.discrepancies() == [])
  }
}

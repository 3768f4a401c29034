import Foundation
import Ledger
import PostgreSQL

/// A ledger as static files, and their audit without a database.
///
///     ledger-bench export CONNECTION FOLDER
///     ledger-bench log-audit FOLDER [threads=N]
enum LogAuditTask {
  static func export(_ place: Place, to folder: String) async throws -> [String: Double] {
    let pool = Place.pool(place.server)
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    let start = ContinuousClock.now
    let summary = try await LogExport(
      reader: reader, verifier: try Place.signer().verifier, folder: folder
    ).run()
    await pool.close()
    return ["files": Double(summary.files), "seconds": Clock.seconds(since: start)]
  }

  static func audit(_ folder: String, _ numbers: Numbers) async throws -> [String: Double] {
    let start = ContinuousClock.now
    let audit = LogAudit(
      folder: folder, verifiers: [try Place.signer().verifier],
      threads: numbers.get("threads", or: ProcessInfo.processInfo.activeProcessorCount))
    let report = try await audit.run()
    let spent = Clock.seconds(since: start)
    guard report.isSound else { throw Misuse("the audit found \(report.audit.discrepancies)") }
    return [
      "log_events_per_second": Double(report.audit.size) / spent,
      "log_peak_mebibytes": Memory.peakMebibytes(),
    ]
  }
}

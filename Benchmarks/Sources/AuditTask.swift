import Ledger
import PostgreSQL

/// The full audit of a filled ledger.
enum AuditTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let pool = Place.pool(place.server)
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    let start = ContinuousClock.now
    let report = try await LedgerAudit.run(reader: reader, verifier: try Place.signer().verifier)
    let spent = Clock.seconds(since: start)
    guard report.isSound else { throw Misuse("the audit found \(report.discrepancies)") }
    await pool.close()
    return [
      "events_per_second": Double(report.size) / spent, "events": Double(report.size),
      "peak_mebibytes": Memory.peakMebibytes(),
    ]
  }
}

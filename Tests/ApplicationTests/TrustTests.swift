import Application
import DueDiligence
import Foundation
import Ledger
import PostgreSQL
import ReadModels
import Testing
import Traceability
import ValueTypes

extension Workshop {
  /// All event bytes and attachments as one text.
  func everythingStored() async throws -> String {
    let session = try await Session.connect(target)
    let rows = try await session.query(
      "SELECT bytes FROM raiz.events UNION ALL SELECT bytes FROM raiz.attachments")
    let text = try rows.map {
      String(decoding: try $0.decode(0, as: [UInt8].self), as: UTF8.self)
    }.joined()
    await session.close()
    return text
  }

  /// Runs statements as the superuser.
  func asSuperuser(_ script: String) async throws {
    let session = try await Session.connect(target)
    try await session.script(script)
    await session.close()
  }
}

@Suite(.serialized) struct TrustTests {
  @Test func `given a changed event when audited then its position is named`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    try await workshop.asSuperuser(
      """
      ALTER TABLE raiz.events DISABLE TRIGGER ALL;
      SET session_replication_role = replica;
      UPDATE raiz.events SET bytes = overlay(bytes PLACING 'X'::bytea FROM 60) WHERE position = 37;
      """)
    let audit = try await workshop.raiz.audit()
    #expect(!audit.isSound)
    #expect(audit.ledger.discrepancies.contains { $0.positions == 37..<38 })
    await workshop.close()
  }

  @Test func `given a long audit when transactions may not idle then it ends`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let pool = Pool(
      workshop.target.with(
        "options", "-c role=raiz_writer -c idle_in_transaction_session_timeout=500ms"))
    let reader = try await LedgerReader(pool: pool, ledger: workshop.raiz.origin)
    let audit = ProjectionAudit(pool: pool, reader: reader, policy: workshop.raiz.policy)
    // The events cannot be read for a while, as those of a large ledger take.
    let holder = try await Session.connect(workshop.target)
    try await holder.script("BEGIN; LOCK TABLE raiz.events")
    async let found = audit.run()
    try await Task.sleep(for: .milliseconds(1_500))
    try await holder.script("COMMIT")
    let report = try await found
    #expect(report.isSound)
    #expect(report.rows > 0)
    await holder.close()
    await pool.close()
    await workshop.close()
  }

  @Test func `given a changed verdict when audited then the row is named`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    try await workshop.asSuperuser(
      "UPDATE raiz_read.lots SET rank = 0 WHERE code = 'CAH-B-0000-25'")
    let audit = try await workshop.raiz.audit()
    #expect(audit.ledger.isSound && !audit.readModels.isSound)
    #expect(audit.readModels.differences.map(\.subject) == ["lot:CAH-B-0000-25"])
    await workshop.close()
  }

  @Test func `given a bundle when one byte of an event changes then its position is named`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let file = try await workshop.raiz.bundle(.lot(try LotCode("CAH-B-0003-25")))
    let key = workshop.raiz.verifierKey
    let report = BundleVerifier.verify(file, verifierKeys: [key])
    #expect(report.isSound, "\(report.failures)")
    #expect(report.verdict == .insufficientEvidence)
    var bundle = try DueDiligence.Bundle.decode(file)
    let index = bundle.events.count / 2
    bundle.events[index].bytes[80] ^= 1
    let changed = BundleVerifier.verify(bundle, verifierKeys: [key])
    #expect(!changed.isSound)
    #expect(changed.failures.contains { $0.position == bundle.events[index].position })
    let stranger = try CheckpointSigner.loadOrCreate(
      file: workshop.folder + "/stranger.key", name: "raiz.local/tocache")
    #expect(!BundleVerifier.verify(file, verifierKeys: [stranger.verifierKey]).isSound)
    await workshop.close()
  }

  @Test func `given shipments when a statement is asked for then only the proven get one`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    await #expect(throws: StatementError.self) {
      try await workshop.raiz.statement(
        for: try ShipmentCode("EMB-25-0000"), recordedBy: "test")
    }
    let files = try await workshop.raiz.statement(
      for: try ShipmentCode("EMB-25-0010"), recordedBy: "test")
    #expect(files.isNew)
    let again = try await workshop.raiz.statement(
      for: try ShipmentCode("EMB-25-0010"), recordedBy: "test")
    #expect(!again.isNew && again.geoJSON == files.geoJSON)
    let map = try #require(
      try JSONSerialization.jsonObject(with: Data(files.geoJSON)) as? [String: Any])
    let features = try #require(map["features"] as? [[String: Any]])
    #expect(map["type"] as? String == "FeatureCollection" && !features.isEmpty)
    for feature in features {
      let properties = try #require(feature["properties"] as? [String: Any])
      #expect(properties["ProducerCountry"] as? String == "PE")
      #expect(properties["Area"] is NSNumber)
    }
    await workshop.close()
  }

  @Test func `given two clerks at one lot when both draw then never a gram too much`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let second = try await Workshop.open(workshop.target, workshop.folder)
    let lot = try LotCode("EPB-K-0001-251")
    let held = try await workshop.raiz.lot(lot).lot.grams
    let part = try Grams(held / 5)
    let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<12 {
        let raiz = number.isMultiple(of: 2) ? workshop.raiz : second
        group.addTask {
          do {
            _ = try await raiz.record(
              .blend(
                .init(
                  lot: try .init("Z\(number)"), holder: try .init("EPB"),
                  inputs: [LotDraw(lot: lot, grams: part)])),
              occurredAt: raiz.now(), key: nil, recordedBy: "clerk")
            return true
          } catch let refusal as Refusal {
            #expect(refusal.code == .overdrawn && refusal.figures["holds"] != nil)
            return false
          }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(taken == 5)
    #expect(try await workshop.raiz.lot(lot).lot.grams == held - 5 * part.value)
    await second.close()
    await workshop.close()
  }

  @Test func `given a database older than what was published when opened then it refuses`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.take(
      try workshop.file("organizaciones.csv", "codigo;nombre;tipo;pais\nA;A;planta;PE\n"))
    await workshop.raiz.close()
    let other = try await Workshop.open()
    // The same key and the same published checkpoint, over a database that lacks the events.
    for name in ["ledger.key", "published.checkpoint"] {
      try? FileManager.default.removeItem(atPath: other.folder + "/" + name)
      try FileManager.default.copyItem(
        atPath: workshop.folder + "/" + name, toPath: other.folder + "/" + name)
    }
    await other.raiz.close()
    try FileManager.default.removeItem(atPath: other.folder + "/published.checkpoint")
    try FileManager.default.copyItem(
      atPath: workshop.folder + "/published.checkpoint",
      toPath: other.folder + "/published.checkpoint")
    await #expect(throws: LedgerError.self) {
      try await Workshop.open(other.target, other.folder)
    }
  }
}

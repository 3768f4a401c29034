import Application
import DueDiligence
import Foundation
import Ledger
import PostgreSQL
import ReadModels
import Testing
import Traceability
import ValueTypes

/// Corrections, late acts and findings over a whole ledger: files, tables, bundles, audit.
@Suite(.serialized) struct CorrectionStoryTests {
  /// Of the sample's files the last about land.
  private static let land = 5

  private func lot(_ code: String, _ raiz: Raiz) async throws -> LotDetail {
    try await raiz.lot(try LotCode(code))
  }

  /// A workshop in which C is 150 kg that a cooperative bought of H0; H1 lies beside.
  private func workshop() async throws -> (Workshop, ProvenPlot) {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample(last: Self.land)
    try await workshop.raiz.catchUp()
    let plot = try await ProvenPlot(in: workshop)
    try await take(
      workshop, "cosechas.csv",
      """
      lote;parcela;productor;producto;peso_kg;desde;hasta
      H0;\(plot.code);\(plot.producer);cocoa-wet-beans;200;2026-05-01;2026-05-02
      H1;\(plot.code);\(plot.producer);cocoa-wet-beans;200;2026-05-01;2026-05-02
      """)
    try await take(
      workshop, "compras.csv",
      """
      lote;comprador;vendedor;producto;lote_origen;peso_kg;fecha
      C;\(plot.organisation);\(plot.producer);cocoa-wet-beans;H0;150;2026-05-03
      """)
    return (workshop, plot)
  }

  private func take(_ workshop: Workshop, _ name: String, _ text: String) async throws {
    let report = try await workshop.take(try workshop.file(name, text + "\n"))
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
  }

  private func checkSound(_ workshop: Workshop, _ lots: [String]) async throws {
    let raiz = workshop.raiz
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.ledger.discrepancies) \(audit.readModels.differences)")
    for lot in lots {
      let bundle = try await raiz.bundle(.lot(try LotCode(lot)))
      let report = BundleVerifier.verify(bundle, verifierKeys: [raiz.verifierKey])
      #expect(report.isSound, "\(lot): \(report.failures)")
    }
  }

  @Test func `given corrections in a file when taken then tables, bundles and audit follow`()
    async throws
  {
    let (workshop, plot) = try await workshop()
    let raiz = workshop.raiz
    let buyer = plot.organisation
    try await take(
      workshop, "correcciones.csv",
      """
      lote;acto;organizacion;motivo;anular;peso_kg;sentido;lote_origen
      C;1;\(buyer);balanza;;120;entrada;H0
      C;1;\(buyer);balanza;;30;entrada;H1
      """)
    #expect(try await lot("C", raiz).lot.createdGrams == 150_000)
    #expect(try await lot("H0", raiz).lot.grams == 80_000)
    #expect(try await lot("H1", raiz).lot.grams == 170_000)
    #expect(try await lot("C", raiz).origins.map(\.grams) == [150_000])
    #expect(try await lot("C", raiz).inputs.count == 2)
    try await checkSound(workshop, ["C", "H0", "H1"])
    // A harvest that was lighter than what was bought of it.
    try await take(
      workshop, "correcciones-2.csv",
      """
      lote;acto;organizacion;motivo;anular;peso_kg
      H1;1;\(buyer);otra pesada;;20
      """)
    var open = FindingFilter()
    open.kind = .massImpossible
    let page = try await raiz.findings(open)
    #expect(page.findings.map(\.subjects) == [[.lot(try LotCode("H1"))]])
    #expect(try await lot("C", raiz).judgement.verdict == .insufficientEvidence)
    let detail = try await raiz.finding(try #require(page.findings.first).code)
    #expect(detail.holds && detail.lots.map(\.text).contains("C"))
    try await checkSound(workshop, ["C", "H1"])
    // The purchase never was.
    try await take(
      workshop, "correcciones-3.csv",
      "lote;acto;organizacion;motivo;anular\nC;1;\(buyer);no hubo compra;si")
    #expect(try await lot("H0", raiz).lot.grams == 200_000)
    #expect(try await lot("C", raiz).judgement.reasons.map(\.code) == [.lotVoided])
    try await checkSound(workshop, ["C", "H0"])
    await workshop.close()
  }

  @Test func `given parts sent, refused and late when taken then each lot's bundle verifies`()
    async throws
  {
    let (workshop, plot) = try await workshop()
    let raiz = workshop.raiz
    let sender = plot.organisation
    let receiver = plot.other
    try await take(
      workshop, "despachos.csv",
      """
      lote;de;a;lote_parte;peso_kg;fecha
      C;\(sender);\(receiver);C-1;100;2026-05-05
      """)
    try await take(
      workshop, "recepciones.csv",
      """
      lote;receptor;peso_kg;lote_devuelto;kg_devueltos;motivo;fecha
      C-1;\(receiver);70;C-1-R;30;moho;2026-05-06
      """)
    try await take(
      workshop, "despachos-2.csv", "lote;de;a;fecha\nC;\(sender);\(receiver);2026-05-08")
    try await take(
      workshop, "recepciones-2.csv", "lote;receptor;peso_kg;fecha\nC;\(receiver);50;2026-05-09")
    // A telephone that was offline: split while still at the sender's.
    try await take(
      workshop, "divisiones.csv",
      "lote_origen;organizacion;lote;peso_kg;fecha\nC;\(sender);C-S;5;2026-05-07")
    for (code, mass) in [
      ("C", Int64(45_000)), ("C-1", 70_000), ("C-1-R", 30_000), ("C-S", 5_000),
    ] {
      #expect(try await lot(code, raiz).lot.grams == mass, "\(code)")
    }
    #expect(try await lot("C", raiz).judgement.reasons.map(\.code) == [.openFinding])
    try await checkSound(workshop, ["C", "C-1", "C-1-R", "C-S"])
    await workshop.close()
  }

  @Test func `given a finding when assigned, reviewed and opened again then the lot follows`()
    async throws
  {
    let (workshop, plot) = try await workshop()
    let raiz = workshop.raiz
    let buyer = plot.organisation
    let receiver = plot.other
    try await take(
      workshop, "despachos.csv", "lote;de;a;fecha\nC;\(buyer);\(receiver);2026-05-05")
    #expect(try await raiz.noteOverdueDispatches() == 1)
    #expect(try await raiz.noteOverdueDispatches() == 0)
    var filter = FindingFilter()
    filter.subject = .lot(try LotCode("C"))
    let code = try #require(try await raiz.findings(filter).findings.first).code
    _ = try await raiz.assign(
      FindingAssigned(finding: code, assignee: "Ana", by: "Luis", due: CivilDate("2026-12-01")))
    filter.assignee = "Ana"
    #expect(try await raiz.findings(filter).findings.map(\.status) == [.assigned])
    func review(_ reviewer: String, for organisation: String? = nil) async throws {
      _ = try await raiz.review(
        FindingReviewed(
          finding: code, outcome: .dismissed, reviewer: reviewer, reason: "seen at the bridge",
          evidence: [try #require(SHA256Digest([UInt8](repeating: 1, count: 32)))],
          organisation: try organisation.map { try OrganisationCode($0) }),
        recordedBy: reviewer)
    }
    // «test» recorded the dispatch that the finding rests on.
    for (reviewer, organisation, refusal) in [
      ("test", nil, Refusal.Code.reviewerRaisedIt), ("Ana", buyer, .reviewerIsParty),
    ] as [(String, String?, Refusal.Code)] {
      let error = await #expect(throws: Refusal.self) {
        try await review(reviewer, for: organisation)
      }
      #expect(error?.code == refusal)
    }
    try await review("Ana")
    #expect(try await lot("C", raiz).judgement.verdict == .deforestationFree)
    try await checkSound(workshop, ["C"])
    _ = try await raiz.reopen(
      FindingReopened(finding: code, by: "Luis", reason: "the bridge was closed"))
    #expect(try await lot("C", raiz).judgement.verdict == .insufficientEvidence)
    filter.assignee = nil
    #expect(try await raiz.findings(filter).findings.map(\.outcomeIsOpen) == [true])
    try await checkSound(workshop, ["C"])
    await workshop.close()
  }
}

extension FindingSummary {
  fileprivate var outcomeIsOpen: Bool { status == .open || status == .assigned }
}

/// A proven cocoa plot of the sample, with whom it belongs to.
private struct ProvenPlot {
  let code: String
  let producer: String
  let organisation: String
  /// Some other organisation.
  let other: String

  init(in workshop: Workshop) async throws {
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      """
      SELECT p.code, p.producer, r.organisation,
        (SELECT min(o.code) FROM raiz_read.organisations o WHERE o.code <> r.organisation) AS other
      FROM raiz_read.plots p
        JOIN raiz_read.producers r ON r.ledger = p.ledger AND r.code = p.producer
      WHERE p.own_rank = 0 AND 'cocoa' = ANY(p.commodities) AND r.organisation IS NOT NULL
      ORDER BY p.code LIMIT 1
      """)
    await session.close()
    let row = try #require(rows.first)
    code = try row.decode("code")
    producer = try row.decode("producer")
    organisation = try row.decode("organisation")
    other = try row.decode("other")
  }
}

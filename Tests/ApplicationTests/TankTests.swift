import Application
import Foundation
import Testing
import Traceability

/// Tanks through the whole of the application: files in, tables and verdicts out.
@Suite(.serialized) struct TankTests {
  private static let silo =
    "tanque;organizacion;producto;capacidad_kg;forma;fecha\n"
    + "SILO-1;EPB;almendra de palma;100;silo;2025-09-30\n"

  private static let head = "tanque;organizacion;movimiento;lote;peso_kg;medido_por;motivo;fecha\n"

  /// Clean kernels in, drawn off; dirty ones in, drawn off; empty; clean ones in, drawn off.
  private static let book =
    head + "SILO-1;EPB;llenado;EPB-K-0007-252;50;;;2025-10-01 08:00\n"
    + "SILO-1;EPB;extracción;SIL-1;20;;;2025-10-01 09:00\n"
    + "SILO-1;EPB;llenado;EPB-K-0001-251;10;;;2025-10-01 10:00\n"
    + "SILO-1;EPB;extracción;SIL-2;39,5;;;2025-10-01 11:00\n"
    + "SILO-1;EPB;vaciado;;0,5;Rosa;barrido;2025-10-01 12:00\n"
    + "SILO-1;EPB;llenado;EPB-K-0007-253;30;;;2025-10-01 13:00\n"
    + "SILO-1;EPB;extracción;SIL-3;10;;;2025-10-01 14:00\n"

  private func verdicts(_ raiz: Raiz) async throws -> [String: Verdict] {
    try await raiz.catchUp()
    let page = try await raiz.lots(LotFilter(text: "SIL-"))
    return Dictionary(uniqueKeysWithValues: page.lots.map { ($0.code.text, $0.verdict) })
  }

  @Test func `given a tank's book when imported then lots are judged by what they declare`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample()
    let silo = try await workshop.take(try workshop.file("tanques.csv", Self.silo))
    #expect(silo.outcome == .taken, "\(silo.problems)")
    let report = try await workshop.take(try workshop.file("movimientos.csv", Self.book))
    #expect(report.outcome == .taken && report.acts == 7, "\(report.problems)")
    #expect(
      try await verdicts(raiz) == [
        "SIL-1": .deforestationFree, "SIL-2": .notCompliant, "SIL-3": .deforestationFree,
      ])
    for code in ["SIL-1", "SIL-2", "SIL-3"] {
      let detail = try await raiz.lot(try LotCode(code))
      #expect(detail.tank?.tank.text == "SILO-1")
      #expect(detail.judgement.verdict == detail.lot.verdict)
      #expect(detail.origins.reduce(0) { $0 + $1.grams } == detail.lot.createdGrams)
    }
    let trace = try await raiz.trace(.lot(try LotCode("SIL-2")))
    #expect(trace.tanks.map(\.lots) == [2])
    #expect(trace.upstreamLots.contains(try LotCode("EPB-K-0001-251")))
    let forward = try await raiz.trace(.lot(try LotCode("EPB-K-0001-251")))
    #expect(forward.downstreamLots.contains(try LotCode("SIL-2")))
    #expect(!forward.downstreamLots.contains(try LotCode("SIL-1")))
    let again = try await workshop.take(try workshop.file("movimientos.csv", Self.book))
    #expect(again.outcome == .unchanged && again.events == 0, "\(again.problems)")
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }

  @Test func `given a fill told late when taken then lots drawn off before are judged again`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample()
    _ = try await workshop.take(try workshop.file("tanques.csv", Self.silo))
    _ = try await workshop.take(
      try workshop.file(
        "movimientos.csv",
        Self.head + "SILO-1;EPB;llenado;EPB-K-0007-252;50;;;2025-10-01 08:00\n"
          + "SILO-1;EPB;extracción;SIL-1;20;;;2025-10-01 12:00\n"))
    #expect(try await verdicts(raiz) == ["SIL-1": .deforestationFree])
    let late = try await workshop.take(
      try workshop.file(
        "movimientos-2.csv",
        Self.head + "SILO-1;EPB;llenado;EPB-K-0007-253;5;;;2025-10-01 10:00\n"))
    #expect(late.outcome == .taken, "\(late.problems)")
    #expect(try await verdicts(raiz) == ["SIL-1": .insufficientEvidence])
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }

  @Test func `given rows that cannot be when imported then each is told with its reason`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    _ = try await workshop.take(try workshop.file("tanques.csv", Self.silo))
    for (row, code) in [
      ("SILO-1;EPB;llenado;EPB-K-0007-252;101;;;2025-10-01", "over-capacity"),
      ("SILO-1;EPB;extracción;SIL-1;1;;;2025-10-01", "tank-overdrawn"),
      ("SILO-9;EPB;extracción;SIL-1;1;;;2025-10-01", "unknown-tank"),
      ("SILO-1;EPB;vaciado;;1;Rosa;barrido;2025-10-01", "tank-not-empty"),
      ("SILO-1;EPB;vaciado;;0;Rosa;barrido;2025-09-01", "before-tank-act"),
    ] {
      let report = try await workshop.take(
        try workshop.file("movimientos.csv", Self.head + row + "\n"))
      #expect(report.events == 0 && report.problems.map(\.code) == [code], "\(row)")
    }
    let missing = try await workshop.take(
      try workshop.file(
        "movimientos.csv", Self.head + "SILO-1;EPB;vaciado;;0;;;2025-10-01\n"))
    #expect(Set(missing.problems.map(\.column)) == ["medido_por", "motivo"])
    await workshop.close()
  }
}

import DueDiligence
import Foundation
import Land
import Ledger
import ReadModels
public import Traceability
import ValueTypes

/// A statement's two files.
public struct StatementFiles: Sendable {
  public let code: StatementCode
  /// Annex II content, JSON.
  public let document: [UInt8]
  /// Plots for the EU Information System.
  public let geoJSON: [UInt8]
  /// False where the very statement stood in the ledger before.
  public let isNew: Bool
}

extension Raiz {
  /// Drafts the statement over a proven shipment and records it as `statement.drafted`.
  ///
  /// - Throws: `StatementError` (`refused` with the reasons where the shipment is not proven).
  public func statement(
    for shipment: ShipmentCode, recordedBy: String
  ) async throws -> StatementFiles {
    let code = try StatementCode("DDS-" + shipment.text)
    var world = World()
    var loaded: Set<StreamKey> = []
    let subject = StreamKey.shipment(shipment)
    try await loader.close(&world, loaded: &loaded) { world in
      Bundle.requiredStreams(for: subject, world: world, policy: policy)
        .union([.statement(code)])
    }
    guard world.version(of: subject) > 0 else { throw ApplicationError.notFound(subject) }
    let known = world.statements[code]
    var geometries: [PlotCode: PlotGeometry] = [:]
    for (plot, state) in world.plots {
      geometries[plot] = try await PlotGeometries(reader: reader).geometry(of: state.registered)
    }
    let found = geometries
    let inputs = StatementInputs(
      policy: policy, catalogue: catalogue, geometry: { found[$0] },
      producerName: { $0.text }, place: { [world] in world.plots[$0]?.registered.plot.text })
    let draft = try drafted(code, shipment, world, inputs, known: known)
    let files = StatementFiles(
      code: code, document: draft.document, geoJSON: draft.geoJSON, isNew: known == nil)
    if known == nil { try await record(draft, world: world, loaded: loaded, recordedBy) }
    return files
  }

  /// Drafts again what was drafted before, and compares: evidence that changed since makes a
  /// different statement, which needs an amendment and not a second draft.
  private func drafted(
    _ code: StatementCode, _ shipment: ShipmentCode, _ world: World, _ inputs: StatementInputs,
    known: StatementDrafted?
  ) throws -> DraftedStatement {
    guard let known else {
      return try Statement.draft(code: code, shipment: shipment, world: world, inputs: inputs)
    }
    let draft = try Statement.draft(
      code: code, shipment: shipment, world: world.forgetting(statement: code), inputs: inputs)
    guard draft.event == known else {
      throw Refusal(.codeUsed, .statement(code), ["code": code.text])
    }
    return draft
  }

  private func record(
    _ draft: DraftedStatement, world: World, loaded: Set<StreamKey>, _ recordedBy: String
  ) async throws {
    var expectations: [StreamName: Int64] = [:]
    // The verdict rests on all that was loaded; any of it changing makes the draft stale.
    for stream in loaded {
      expectations[try StreamName(stream.description)] = world.version(of: stream)
    }
    let event = NewEvent(.statementDrafted(draft.event), at: now())
    _ = try await writer.append(
      CommitRequest(
        key: CommitKey("statement:" + UUID().uuidString.lowercased()), recordedBy: recordedBy,
        expectations: expectations, events: [try EventDraft(event)]))
    try await projector.catchUp()
  }
}

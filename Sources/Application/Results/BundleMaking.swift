import DueDiligence
import Foundation
import Ledger
import ReadModels
public import Traceability
import ValueTypes

extension Raiz {
  /// The bundle of a lot, a plot or a shipment, as the bytes of its file.
  ///
  /// It stands at the newest checkpoint that so many witnesses cosigned; later events are left to
  /// the next.
  public func bundle(_ subject: StreamKey, cosigners: Int = 0) async throws -> [UInt8] {
    guard let checkpoint = try await reader.cosignedCheckpoint(atLeast: cosigners) else {
      guard cosigners == 0 else {
        throw ApplicationError.invalidSetting(
          name: "--cosigned", value: "\(cosigners)",
          expected: "a checkpoint with so many cosignatures / un punto de control con tantas"
            + " firmas: raiz cosign")
      }
      throw ApplicationError.notFound(subject)
    }
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.close(&world, loaded: &loaded, before: checkpoint.size) { world in
      Bundle.requiredStreams(for: subject, world: world, policy: policy)
    }
    guard world.version(of: subject) > 0 else { throw ApplicationError.notFound(subject) }
    let streams = Bundle.requiredStreams(for: subject, world: world, policy: policy)
    let events = try await events(of: streams, before: checkpoint.size)
    let proof = try await reader.inclusion(
      of: events.map(\.position).sorted(), treeSize: checkpoint.size)
    let bundle = try Bundle.build(
      subject: subject, policyCode: policy.code, events: events, checkpoint: checkpoint.note,
      verifierKey: verifierKey, proof: proof, attachments: try await geometries(of: world))
    return try bundle.encoded()
  }

  private func events(
    of streams: Set<StreamKey>, before limit: Int64
  ) async throws -> [RecordedEvent] {
    let names = try streams.sorted().map { try StreamName($0.description) }
    var events: [RecordedEvent] = []
    for start in stride(from: 0, to: names.count, by: 2_000) {
      let part = Array(names[start..<min(start + 2_000, names.count)])
      events += try await reader.events(ofStreams: part).filter { $0.position < limit }
    }
    return events
  }

  /// Geometries that are too long for their event.
  private func geometries(of world: World) async throws -> [Attachment] {
    var attachments: [Attachment] = []
    for plot in world.plots.values.map(\.registered) where plot.geometry.geoJSON == nil {
      guard let attachment = try await reader.attachment(plot.geometry.digest) else {
        throw ApplicationError.geometryMissing(plot.plot)
      }
      attachments.append(attachment)
    }
    return attachments
  }
}

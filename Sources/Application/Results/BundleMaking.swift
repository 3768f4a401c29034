import DueDiligence
import Foundation
import Ledger
import ReadModels
public import Traceability
import ValueTypes

extension Raiz {
  /// The bundle of a lot, a plot or a shipment, as the bytes of its file.
  ///
  /// It ends with the ledger's commitment to the heads of all streams: a new one, unless
  /// `cosigners` asks for a checkpoint that so many witnesses cosigned; then the last one. Later
  /// events are left to the next bundle.
  public func bundle(_ subject: StreamKey, cosigners: Int = 0) async throws -> [UInt8] {
    for _ in 1..<Self.bundleAttempts {
      do {
        return try await bundle(subject, at: try await commitment(cosigners: cosigners))
      } catch LedgerError.moved {
        // Somebody else let the ledger commit to its heads meanwhile.
        continue
      }
    }
    return try await bundle(subject, at: try await commitment(cosigners: cosigners))
  }

  private static let bundleAttempts = 20

  private func commitment(cosigners: Int) async throws -> HeadsKeeper.Commitment {
    guard cosigners > 0 else { return try await commitHeads() }
    guard let last = try await heads.last(),
      Set(last.checkpoint.cosignatures.map(\.witness)).count >= cosigners
    else {
      throw ApplicationError.invalidSetting(
        name: "--cosigned", value: "\(cosigners)",
        expected: "a checkpoint with so many cosignatures / un punto de control con tantas"
          + " firmas: raiz cosign")
    }
    return last
  }

  private func bundle(
    _ subject: StreamKey, at commitment: HeadsKeeper.Commitment
  ) async throws -> [UInt8] {
    let checkpoint = commitment.checkpoint
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.close(&world, loaded: &loaded, before: checkpoint.size) { world in
      Bundle.requiredStreams(for: subject, world: world, policy: policy)
    }
    guard world.version(of: subject) > 0 else { throw ApplicationError.notFound(subject) }
    let streams = Bundle.requiredStreams(for: subject, world: world, policy: policy)
    let events = try await events(of: streams, before: checkpoint.size)
    let proof = try await reader.inclusion(
      of: (events.map(\.position) + [commitment.event.position]).sorted(),
      treeSize: checkpoint.size)
    let names = try streams.map { try StreamName($0.description) }
    let bundle = try Bundle.build(
      subject: subject, policyCode: policy.code, events: events, checkpoint: checkpoint.note,
      verifierKey: verifierKey, heads: commitment.event,
      headsProof: try await heads.proof(of: names, in: commitment.heads), proof: proof,
      attachments: try await geometries(of: world))
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

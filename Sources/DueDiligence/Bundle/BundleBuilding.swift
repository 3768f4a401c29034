public import Ledger
public import Traceability
import ValueTypes

extension Bundle {
  /// Makes the bundle about a plot, lot or shipment and judges the subject from its events.
  ///
  /// - Parameters:
  ///   - policyCode: the policy's stream code, `eudr-1`; its text is taken from the events.
  ///   - events: all events, up to the checkpoint, of exactly the streams that
  ///     `requiredStreams` names, in any order.
  ///   - checkpoint: the signed note.
  ///   - verifierKey: the key that signed it, `name+hex+base64`.
  ///   - heads: the ledger's commitment to the heads of all streams, the last event before the
  ///     checkpoint.
  ///   - headsProof: where the events' streams stand in it.
  ///   - proof: the inclusion of the events' positions, and of the commitment's, in the
  ///     checkpoint's tree.
  ///   - attachments: geometries kept outside events; those of no plot in it are left out.
  ///
  /// Throws `subjectNotSupported`, `policyMissing`, `streamMissing`, `geometryMissing`, or
  /// `inconsistent` where events, proof and checkpoint do not fit.
  public static func build(
    subject: StreamKey, policyCode: String, events: [RecordedEvent], checkpoint: String,
    verifierKey: String, heads: RecordedEvent, headsProof: HeadsProof, proof: MultiProof,
    attachments: [Attachment] = []
  ) throws(BundleError) -> Bundle {
    let sorted = events.sorted { $0.position < $1.position }
    let opened = try open(checkpoint, verifierKey, proof, sorted + [heads])
    let world = try fold(sorted)
    guard let registered = world.policies[policyCode],
      let policy = try? Policy(json: Array(registered.text.utf8))
    else { throw .policyMissing(code: policyCode) }
    let required = requiredStreams(for: subject, world: world, policyCode: policyCode)
    for key in required.sorted() where world.version(of: key) == 0 { throw .streamMissing(key) }
    for key in world.versions.keys.sorted() where !required.contains(key) {
      throw .inconsistent(reason: "stream \(key) does not belong to \(subject)")
    }
    guard let judgement = Judge(world: world, policy: policy).judgement(of: subject) else {
      throw .subjectNotSupported(subject)
    }
    return Bundle(
      subject: subject, ledger: opened.origin, treeSize: opened.size, checkpoint: checkpoint,
      verifierKey: verifierKey, policyName: policy.name, policyVersion: policy.version,
      judgement: judgement,
      events: sorted.map {
        Event(position: $0.position, leafHash: MerkleTree.leafHash($0.bytes), bytes: $0.bytes)
      },
      headsEvent: Event(
        position: heads.position, leafHash: MerkleTree.leafHash(heads.bytes), bytes: heads.bytes),
      headsProof: headsProof,
      nodes: proof.nodes.map { Node(level: $0.level, index: $0.index, hash: $0.hash) },
      attachments: try geometries(of: world, among: attachments))
  }

  private static func open(
    _ note: String, _ verifierKey: String, _ proof: MultiProof, _ events: [RecordedEvent]
  ) throws(BundleError) -> Checkpoint {
    do {
      let checkpoint = try CheckpointVerifier(verifierKey: verifierKey).open(note)
      var leaves: [Int64: SHA256Digest] = [:]
      for event in events {
        guard leaves.updateValue(MerkleTree.leafHash(event.bytes), forKey: event.position) == nil
        else { throw BundleError.inconsistent(reason: "position \(event.position) comes twice") }
      }
      guard proof.treeSize == checkpoint.size, try proof.root(leaves: leaves) == checkpoint.root
      else {
        throw BundleError.inconsistent(reason: "the proof does not lead to the checkpoint's root")
      }
      return checkpoint
    } catch let error as BundleError {
      throw error
    } catch {
      throw .inconsistent(reason: "\(error)")
    }
  }

  private static func fold(_ events: [RecordedEvent]) throws(BundleError) -> World {
    var world = World()
    for event in events {
      let envelope = event.envelope
      do {
        guard let key = StreamKey(envelope.stream.text) else {
          throw BundleError.inconsistent(
            reason: "position \(event.position): \(envelope.stream) is no stream of this domain")
        }
        let fact = try DomainEvent.decode(
          type: envelope.type, schema: envelope.schema, data: envelope.data)
        world.apply(
          fact, stream: key, version: envelope.version, occurredAt: envelope.occurredAt)
      } catch let error as BundleError {
        throw error
      } catch {
        throw .inconsistent(reason: "position \(event.position): \(error)")
      }
    }
    return world
  }

  private static func geometries(
    of world: World, among attachments: [Attachment]
  ) throws(BundleError) -> [Text] {
    var given: [SHA256Digest: Attachment] = [:]
    for attachment in attachments { given[attachment.digest] = attachment }
    var found: [SHA256Digest: Text] = [:]
    for (code, plot) in world.plots.sorted(by: { $0.key < $1.key }) {
      let record = plot.registered.geometry
      guard record.geoJSON == nil else { continue }
      guard let attachment = given[record.digest] else { throw .geometryMissing(code) }
      found[record.digest] = Text(
        digest: record.digest, mediaType: geometryMediaType, bytes: attachment.bytes)
    }
    return found.values.sorted { $0.digest < $1.digest }
  }
}

extension Judge {
  /// The judgement of a plot, lot or shipment; nil for a subject of another kind.
  func judgement(of subject: StreamKey) -> Judgement? {
    switch subject.kind {
    case .plot: (try? PlotCode(subject.code)).map(judge(plot:))
    case .lot: (try? LotCode(subject.code)).map(judge(lot:))
    case .shipment: (try? ShipmentCode(subject.code)).map(judge(shipment:))
    default: nil
    }
  }
}

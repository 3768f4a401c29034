import Ledger
import Traceability

/// An event that has been read.
struct ReadEvent {
  let position: Int64
  let key: StreamKey
  let envelope: EventEnvelope
  let fact: DomainEvent
}

/// Streams, custody, completeness, policy, land and verdict: that the events say what is claimed.
extension Verification {
  mutating func checkMeaning(_ policyOverride: Policy?) {
    var events: [ReadEvent] = []
    run(.envelopes, after: [.leafHashes]) { verification in
      events = verification.readEvents()
      return LocalText(
        es: "\(events.count) eventos leídos", en: "\(events.count) events read")
    }
    run(.streams, after: [.envelopes]) { verification in
      let count = verification.checkStreams(events)
      return LocalText(
        es: "\(count) hilos sin saltos desde su primer evento",
        en: "\(count) streams without gaps from their first event")
    }
    checkHeads(events)
    var world = World()
    run(.custody, after: [.streams]) { verification in
      world = verification.replay(events)
      return LocalText(
        es: "\(world.lots.count) lotes repasados gramo a gramo",
        en: "\(world.lots.count) lots replayed to the gram")
    }
    run(.completeness, after: [.custody]) { verification in
      verification.checkCompleteness(world)
      return LocalText(
        es: "\(world.lots.count) lotes y \(world.plots.count) parcelas de origen",
        en: "\(world.lots.count) lots and \(world.plots.count) plots of origin")
    }
    var policy: Policy?
    run(.policy, after: [.completeness]) { verification in
      policy = verification.checkPolicy(world)
      return verification.policyText
    }
    run(.geometry, after: [.custody]) { verification in
      verification.checkGeometries(world)
      return LocalText(
        es: "\(world.plots.count) geometrías medidas de nuevo",
        en: "\(world.plots.count) geometries measured again")
    }
    run(.verdict, after: [.custody, .completeness, .policy]) { verification in
      verification.checkVerdict(world, policy, policyOverride)
      let verdict = verification.judgement?.verdict.rawValue ?? "—"
      return LocalText(es: "derivado de nuevo: \(verdict)", en: "derived again: \(verdict)")
    }
  }

  private mutating func readEvents() -> [ReadEvent] {
    var events: [ReadEvent] = []
    events.reserveCapacity(bundle.events.count)
    for event in bundle.events {
      do {
        let envelope = try EventEnvelope.parse(event.bytes)
        guard let key = StreamKey(envelope.stream.text) else {
          fail(
            Fault(.envelope, ["reason": "\(envelope.stream)"]), at: event.position,
            stream: envelope.stream.text)
          continue
        }
        do {
          let fact = try DomainEvent.decode(
            type: envelope.type, schema: envelope.schema, data: envelope.data)
          events.append(
            ReadEvent(position: event.position, key: key, envelope: envelope, fact: fact))
        } catch {
          fail(
            Fault(.eventUnknown, ["reason": "\(error)"]), at: event.position,
            stream: envelope.stream.text)
        }
      } catch {
        fail(Fault(.envelope, ["reason": "\(error)"]), at: event.position)
      }
    }
    return events
  }

  /// Versions 1…n in every stream, and time that never runs back. Returns how many streams.
  private mutating func checkStreams(_ events: [ReadEvent]) -> Int {
    var versions: [StreamName: Int64] = [:]
    var spellings: [StreamKey: StreamName] = [:]
    var last: EventEnvelope?
    for event in events {
      let envelope = event.envelope
      let stream = envelope.stream
      let expected = (versions[stream] ?? 0) + 1
      if envelope.version != expected {
        fail(
          Fault(.version, ["found": "\(envelope.version)", "expected": "\(expected)"]),
          at: event.position, stream: stream.text)
      }
      versions[stream] = max(envelope.version, versions[stream] ?? 0)
      // Swift compares texts by meaning, the ledger by bytes: two spellings must not merge.
      if let other = spellings.updateValue(stream, forKey: event.key), other != stream {
        fail(Fault(.streamAmbiguous), at: event.position, stream: stream.text)
      }
      if let last, envelope.recordedAt < last.recordedAt {
        fail(
          Fault(
            .timeDecreases, ["found": "\(envelope.recordedAt)", "before": "\(last.recordedAt)"]),
          at: event.position, stream: stream.text)
      }
      last = envelope
    }
    return versions.count
  }

  private mutating func replay(_ events: [ReadEvent]) -> World {
    var replay = CustodyReplay()
    for event in events {
      for fault in replay.take(event) {
        fail(fault, at: event.position, stream: event.envelope.stream.text)
      }
    }
    for (stream, fault) in replay.uncountedHarvests() {
      fail(fault, stream: stream.description)
    }
    return replay.world
  }

  private mutating func checkCompleteness(_ world: World) {
    let required = Bundle.requiredStreams(
      for: bundle.subject, world: world,
      policyCode: bundle.policyName + "-" + bundle.policyVersion)
    let included = Set(world.versions.keys)
    for key in required.subtracting(included).sorted() {
      fail(
        Fault(.streamMissing, ["subject": bundle.subject.description]), stream: key.description)
    }
    for key in included.subtracting(required).sorted() {
      fail(Fault(.streamNotNeeded), stream: key.description)
    }
  }
}

import Ledger
import Traceability

/// That nothing about the bundle's streams was left out: the ledger's own commitment to where every
/// stream stood, as the last event before the checkpoint.
extension Verification {
  mutating func checkHeads(_ events: [ReadEvent]) {
    run(.heads, after: [.tree, .streams]) { verification in
      let committed = verification.openHeads()
      if let committed { verification.compare(events, with: committed) }
      let size = verification.bundle.treeSize
      return LocalText(
        es: "ningún evento de estos hilos falta entre los \(size) del punto de control",
        en: "no event of these streams is missing of the checkpoint's \(size)")
    }
  }

  private mutating func openHeads() -> HeadsCommitted? {
    let event = bundle.headsEvent
    guard event.position == bundle.treeSize - 1 else {
      fail(Fault(.headsEvent, ["reason": "\(event.position) ≠ \(bundle.treeSize - 1)"]))
      return nil
    }
    do {
      let recorded = try RecordedEvent(position: event.position, bytes: event.bytes)
      if let committed = try HeadsCommitted(recorded) { return committed }
      fail(Fault(.headsEvent, ["reason": "\(recorded.envelope.type)"]), at: event.position)
    } catch {
      fail(Fault(.headsEvent, ["reason": "\(error)"]), at: event.position)
    }
    return nil
  }

  private mutating func compare(_ events: [ReadEvent], with committed: HeadsCommitted) {
    var found: [StreamName: (version: Int64, position: Int64)] = [:]
    for event in events {
      let before = found[event.envelope.stream]
      found[event.envelope.stream] = (
        max(event.envelope.version, before?.version ?? 0),
        max(event.position, before?.position ?? 0)
      )
    }
    let heads: [StreamName: StreamHead]
    do {
      heads = try bundle.headsProof.verify(found.keys, root: committed.root)
    } catch {
      fail(Fault(.headsProof, ["reason": "\(error)"]))
      return
    }
    for (stream, here) in found.sorted(by: { $0.key < $1.key }) {
      let head = heads[stream]
      guard head?.version != here.version || head?.lastPosition != here.position else { continue }
      fail(
        Fault(
          .headsDiffer,
          ["found": "\(here.version)", "head": head.map { "\($0.version)" } ?? "–"]),
        stream: stream.text)
    }
  }
}

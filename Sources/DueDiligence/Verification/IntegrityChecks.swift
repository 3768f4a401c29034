import Ledger
import ValueTypes

/// Signature, leaf hashes and tree: that these bytes stand at these positions of the ledger.
extension Verification {
  /// tlog-tiles: an entry's length is two bytes.
  private static let mostEventBytes = 65_535

  mutating func checkIntegrity(_ verifierKeys: [String], _ witnesses: WitnessPolicy?) {
    var checkpoint: Checkpoint?
    run(.signature) { verification in
      checkpoint = verification.openCheckpoint(verifierKeys)
      return verification.signatureText
    }
    checkWitnesses(witnesses)
    run(.leafHashes) { verification in
      verification.checkLeaves()
      let count = verification.bundle.events.count
      return LocalText(
        es: "\(count) eventos contra sus hashes", en: "\(count) events against their hashes")
    }
    run(.tree, after: [.signature]) { verification in
      if let checkpoint { verification.checkTree(checkpoint) }
      let count = verification.bundle.nodes.count
      return LocalText(
        es: "\(count) nodos hasta la raíz firmada", en: "\(count) nodes up to the signed root")
    }
  }

  private var signatureText: LocalText {
    LocalText(
      es: "punto de control de \(bundle.ledger) sobre \(bundle.treeSize) eventos",
      en: "checkpoint of \(bundle.ledger) over \(bundle.treeSize) events")
  }

  private mutating func openCheckpoint(_ verifierKeys: [String]) -> Checkpoint? {
    var reason = "no key given"
    for key in verifierKeys {
      let verifier: CheckpointVerifier
      do {
        verifier = try CheckpointVerifier(verifierKey: key)
      } catch {
        fail(Fault(.keyInvalid, ["reason": "\(error)"]))
        continue
      }
      do {
        let checkpoint = try verifier.open(bundle.checkpoint)
        compare(checkpoint, verifier)
        return checkpoint
      } catch {
        reason = "\(error)"
      }
    }
    fail(Fault(.signature, ["reason": reason]))
    return nil
  }

  private mutating func compare(_ checkpoint: Checkpoint, _ verifier: CheckpointVerifier) {
    if !checkpoint.origin.utf8.elementsEqual(bundle.ledger.utf8) {
      fail(
        Fault(.checkpointDiffers, ["stated": bundle.ledger, "signed": checkpoint.origin]))
    }
    if checkpoint.size != bundle.treeSize {
      fail(
        Fault(
          .checkpointDiffers, ["stated": "\(bundle.treeSize)", "signed": "\(checkpoint.size)"]))
    }
    if !verifier.verifierKey.utf8.elementsEqual(bundle.verifierKey.utf8) {
      fail(
        Fault(.keyDiffers, ["stated": bundle.verifierKey, "used": verifier.verifierKey]))
    }
  }

  private mutating func checkLeaves() {
    var last: Int64 = -1
    for event in bundle.events + [bundle.headsEvent] {
      if event.bytes.count > Self.mostEventBytes {
        fail(
          Fault(
            .eventTooLarge,
            ["bytes": "\(event.bytes.count)", "limit": "\(Self.mostEventBytes)"]),
          at: event.position)
      }
      if MerkleTree.leafHash(event.bytes) != event.leafHash {
        fail(Fault(.leafHash, ["stated": "\(event.leafHash)"]), at: event.position)
      }
      if event.position <= last || event.position >= bundle.treeSize {
        fail(Fault(.positionOrder, ["limit": "\(bundle.treeSize)"]), at: event.position)
      }
      last = event.position
    }
  }

  private mutating func checkTree(_ checkpoint: Checkpoint) {
    let names = bundle.nodes.map { TreeNode(level: $0.level, index: $0.index) }
    for (node, next) in zip(names, names.dropFirst()) where node >= next {
      fail(Fault(.nodeOrder))
      break
    }
    // Proven are the stated hashes; that they are the events' is the step before.
    var leaves: [Int64: SHA256Digest] = [:]
    for event in bundle.events + [bundle.headsEvent] { leaves[event.position] = event.leafHash }
    do {
      let root = try bundle.proof.root(leaves: leaves)
      if root != checkpoint.root {
        fail(Fault(.root, ["reason": "\(root) ≠ \(checkpoint.root)"]))
      }
    } catch {
      fail(Fault(.root, ["reason": "\(error)"]))
    }
  }
}

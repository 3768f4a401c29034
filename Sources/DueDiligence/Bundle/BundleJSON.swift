import FoundationEssentials
import Ledger
import Traceability
import ValueTypes

extension Bundle {
  /// The JSON inside the gzip: each member in the order of `docs/verifying.md`, one spelling only.
  public func json() -> [UInt8] {
    var out = CanonicalWriter()
    out.raw("{")
    out.field("format", text: Self.format)
    out.field("subject", text: subject.description)
    out.field("ledger", text: ledger)
    out.field("treeSize", raw: String(treeSize))
    out.field("checkpoint", text: checkpoint)
    out.field("verifierKey", text: verifierKey)
    out.name("policy")
    out.raw("{")
    out.field("name", text: policyName)
    out.field("version", text: policyVersion)
    out.raw("}")
    out.name("judgement")
    judgement.write(into: &out)
    out.list("events", events) { out, event in event.write(into: &out) }
    out.name("heads")
    out.raw("{")
    out.name("event")
    headsEvent.write(into: &out)
    out.list("proof", headsProof.items) { $0.text($1.text) }
    out.raw("}")
    out.name("proof")
    out.raw("{")
    out.list("nodes", nodes) { out, node in
      out.raw("{")
      out.field("level", raw: String(node.level))
      out.field("index", raw: String(node.index))
      out.field("hash", text: node.hash.description)
      out.raw("}")
    }
    out.raw("}")
    out.list("attachments", attachments) { out, attachment in
      out.raw("{")
      out.field("digest", text: attachment.digest.description)
      out.field("mediaType", text: attachment.mediaType)
      out.field("base64", text: Data(attachment.bytes).base64EncodedString())
      out.raw("}")
    }
    out.raw("}")
    return out.bytes
  }
}

extension Bundle.Event {
  fileprivate func write(into out: inout CanonicalWriter) {
    out.raw("{")
    out.field("position", raw: String(position))
    out.field("leafHash", text: leafHash.description)
    out.name("bytes")
    out.text(utf8: bytes)
    out.raw("}")
  }
}

extension Judgement {
  func write(into out: inout CanonicalWriter) {
    out.raw("{")
    out.field("subject", text: subject.description)
    out.field("policyName", text: policyName)
    out.field("policyVersion", text: policyVersion)
    out.field("verdict", text: verdict.rawValue)
    out.list("reasons", reasons) { out, reason in
      out.raw("{")
      out.field("code", text: reason.code.rawValue)
      out.field("verdict", text: reason.verdict.rawValue)
      out.field("subject", text: reason.subject.description)
      out.name("figures")
      out.raw("{")
      let names = reason.figures.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for name in names { out.field(name, text: reason.figures[name] ?? "") }
      out.raw("}")
      out.list("restsOn", reason.restsOn) { $0.text($1.description) }
      out.raw("}")
    }
    out.raw("}")
  }

  /// The judgement in the one spelling that bundles use.
  var canonicalJSON: [UInt8] {
    var out = CanonicalWriter()
    write(into: &out)
    return out.bytes
  }
}

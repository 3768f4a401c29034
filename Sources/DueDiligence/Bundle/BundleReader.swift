import FoundationEssentials
import Ledger
import Traceability
import ValueTypes

/// Reads the JSON of a bundle member by member; every byte of it is accounted for.
struct BundleReader {
  private var reader: CanonicalReader
  private let limits: BundleLimits

  init(_ bytes: [UInt8], limits: BundleLimits) {
    reader = CanonicalReader(bytes)
    self.limits = limits
  }

  mutating func bundle() throws(BundleError) -> Bundle {
    try reader.expect("{\"format\":")
    let format = try reader.text()
    guard format.utf8.elementsEqual(Bundle.format.utf8) else {
      throw .formatUnknown(String(format.prefix(80)))
    }
    try reader.expect(",\"subject\":")
    let subject = try streamKey()
    try reader.expect(",\"ledger\":")
    let ledger = try reader.text()
    try reader.expect(",\"treeSize\":")
    let treeSize = try reader.number()
    try reader.expect(",\"checkpoint\":")
    let checkpoint = try reader.text()
    try reader.expect(",\"verifierKey\":")
    let verifierKey = try reader.text()
    try reader.expect(",\"policy\":{\"name\":")
    let policyName = try reader.text()
    try reader.expect(",\"version\":")
    let policyVersion = try reader.text()
    try reader.expect("},\"judgement\":")
    let judgement = try judgement()
    try reader.expect(",\"events\":")
    let events = try list("events", limits.events) { part throws(BundleError) in
      try part.event()
    }
    try reader.expect(",\"heads\":{\"event\":")
    let headsEvent = try event()
    // Not sooner: a text that ends too early shows only after its event.
    reader.position = nil
    try reader.expect(",\"proof\":")
    let items = try list("heads", limits.nodes) { part throws(BundleError) in
      try part.headsItem()
    }
    try reader.expect("}")
    try reader.expect(",\"proof\":{\"nodes\":")
    let nodes = try list("proof nodes", limits.nodes) { part throws(BundleError) in
      try part.node()
    }
    try reader.expect("},\"attachments\":")
    let attachments = try list("attachments", limits.attachments) { part throws(BundleError) in
      try part.attachment()
    }
    try reader.expect("}")
    guard reader.isAtEnd else { throw reader.damage("bytes follow the end") }
    return Bundle(
      subject: subject, ledger: ledger, treeSize: treeSize, checkpoint: checkpoint,
      verifierKey: verifierKey, policyName: policyName, policyVersion: policyVersion,
      judgement: judgement, events: events, headsEvent: headsEvent,
      headsProof: HeadsProof(items: items), nodes: nodes, attachments: attachments)
  }

  private mutating func list<Element>(
    _ what: String, _ limit: Int,
    _ element: (inout BundleReader) throws(BundleError) -> Element
  ) throws(BundleError) -> [Element] {
    try reader.expect("[")
    var elements: [Element] = []
    if reader.take("]") { return elements }
    repeat {
      guard elements.count < limit else { throw .limit(what: what, limit: limit) }
      elements.append(try element(&self))
    } while reader.take(",")
    try reader.expect("]")
    return elements
  }

  private mutating func event() throws(BundleError) -> Bundle.Event {
    try reader.expect("{\"position\":")
    let position = try reader.number()
    reader.position = position
    try reader.expect(",\"leafHash\":")
    let leafHash = try digest()
    try reader.expect(",\"bytes\":")
    let bytes = try reader.utf8()
    try reader.expect("}")
    return Bundle.Event(position: position, leafHash: leafHash, bytes: bytes)
  }

  private mutating func headsItem() throws(BundleError) -> HeadsProof.Item {
    guard let item = HeadsProof.Item(text: try reader.text()) else {
      throw reader.damage("an item of the proof of heads is not of its form")
    }
    return item
  }

  private mutating func node() throws(BundleError) -> Bundle.Node {
    try reader.expect("{\"level\":")
    let level = try reader.number()
    try reader.expect(",\"index\":")
    let index = try reader.number()
    try reader.expect(",\"hash\":")
    let hash = try digest()
    try reader.expect("}")
    return Bundle.Node(level: Int(level), index: index, hash: hash)
  }

  private mutating func attachment() throws(BundleError) -> Bundle.Text {
    try reader.expect("{\"digest\":")
    let digest = try digest()
    try reader.expect(",\"mediaType\":")
    let mediaType = try reader.text()
    guard mediaType.utf8.elementsEqual(Bundle.geometryMediaType.utf8) else {
      throw reader.damage("an attachment that is no geometry")
    }
    try reader.expect(",\"base64\":")
    let text = try reader.text()
    // Base64 with stray bits or line ends would be a second spelling of the same bytes.
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
      throw reader.damage("an attachment is not base64")
    }
    try reader.expect("}")
    return Bundle.Text(digest: digest, mediaType: mediaType, bytes: Array(data))
  }

  private mutating func digest() throws(BundleError) -> SHA256Digest {
    let text = try reader.text()
    guard let digest = SHA256Digest(hex: text), digest.description == text else {
      throw reader.damage("a hash is not 64 lower-case hexadecimal digits")
    }
    return digest
  }

  private mutating func streamKey() throws(BundleError) -> StreamKey {
    let text = try reader.text()
    guard let key = StreamKey(text), key.description.utf8.elementsEqual(text.utf8) else {
      throw reader.damage("the subject is no stream")
    }
    return key
  }

  private mutating func judgement() throws(BundleError) -> Judgement {
    let start = reader.offset
    let bytes = try reader.object()
    guard let judgement = try? JSONDecoder().decode(Judgement.self, from: Data(bytes)),
      judgement.canonicalJSON == bytes
    else { throw reader.damage("the judgement is not of its form", at: start) }
    return judgement
  }
}

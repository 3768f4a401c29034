import Land
import Ledger
import Traceability
import ValueTypes

/// Every plot's geometry: its text, its hash, and what it measures.
extension Verification {
  /// The area is computed again on another machine; its last bits may differ.
  private static let areaTolerance = 1e-9

  mutating func checkGeometries(_ world: World) {
    let texts = checkAttachments(world)
    for (code, plot) in world.plots.sorted(by: { $0.key < $1.key }) {
      let record = plot.registered.geometry
      let stream = StreamKey.plot(code).description
      guard let text = record.geoJSON.map({ Array($0.utf8) }) ?? texts[record.digest] else {
        fail(Fault(.geometryMissing, ["digest": "\(record.digest)"]), stream: stream)
        continue
      }
      guard MerkleTree.digest(text) == record.digest else {
        fail(Fault(.geometryDigest, ["digest": "\(record.digest)"]), stream: stream)
        continue
      }
      for fault in Self.measure(text, record) { fail(fault, stream: stream) }
    }
  }

  /// The attachments by the digests that plots name.
  private mutating func checkAttachments(_ world: World) -> [SHA256Digest: [UInt8]] {
    let needed = Set(
      world.plots.values.map(\.registered.geometry).filter { $0.geoJSON == nil }.map(\.digest))
    var texts: [SHA256Digest: [UInt8]] = [:]
    var last: SHA256Digest?
    for attachment in bundle.attachments {
      if MerkleTree.digest(attachment.bytes) != attachment.digest {
        fail(Fault(.attachmentDigest, ["digest": "\(attachment.digest)"]))
      }
      if !needed.contains(attachment.digest) || last.map({ $0 >= attachment.digest }) == true {
        fail(Fault(.attachmentNotNeeded, ["digest": "\(attachment.digest)"]))
      }
      last = attachment.digest
      texts[attachment.digest] = attachment.bytes
    }
    return texts
  }

  private static func measure(_ text: [UInt8], _ record: GeometryRecord) -> [Fault] {
    let geometry: PlotGeometry
    do {
      let document = try GeoJSONDocument.parse(text)
      let made = PlotGeometry.make(from: document.features.first?.geometry)
      guard let found = made.geometry else {
        let reasons = made.findings.filter { $0.severity == .refuse }
        return [
          Fault(
            .geometryInvalid,
            ["reason": reasons.map { $0.message(in: .english) }.joined(separator: " ")])
        ]
      }
      geometry = found
    } catch {
      return [Fault(.geometryInvalid, ["reason": "\(error)"])]
    }
    guard geometry.geoJSON() == text else {
      return [Fault(.geometryInvalid, ["reason": "not the canonical text"])]
    }
    var faults: [Fault] = []
    func compare(_ what: String, _ found: String, _ stated: String, _ same: Bool) {
      guard !same else { return }
      faults.append(Fault(.geometryFigures, ["what": what, "found": found, "stated": stated]))
    }
    let form: GeometryForm = geometry.isPoint ? .point : .polygon
    compare("form", form.rawValue, record.form.rawValue, form == record.form)
    compare(
      "vertices", "\(geometry.vertexCount)", "\(record.vertices)",
      geometry.vertexCount == record.vertices)
    let area = geometry.areaSquareMetres
    let difference = abs(area - record.squareMetres)
    compare(
      "m²", "\(area)", "\(record.squareMetres)",
      difference <= areaTolerance * abs(area))
    return faults
  }
}

import Land
import Ledger
import Traceability
import ValueTypes

/// A plot's geometry that no check refuses, and all that is kept of what was received.
struct AcceptedGeometry {
  let geometry: PlotGeometry
  let findings: [GeometryFinding]
  /// As received, in WGS 84.
  let given: GeoJSONGeometry?
  /// As received, in another reference system.
  let source: VectorPlots.Source?

  /// - Parameter inlineBytes: a longer text stands in an attachment, not in the event.
  func record(inlineBytes: Int) -> (GeometryRecord, [Attachment]) {
    let text = geometry.geoJSON()
    var attachments: [Attachment] = []
    let isInline = text.count <= inlineBytes
    if !isInline { attachments.append(Attachment(mediaType: "application/geo+json", bytes: text)) }
    let original = original
    if let original { attachments.append(original) }
    var notes = Set(findings.map { $0.code + " " + $0.problem.rawValue })
    if source != nil { notes.insert("G01 reprojected") }
    let record = GeometryRecord(
      digest: geometry.digest, form: geometry.isPoint ? .point : .polygon,
      squareMetres: geometry.areaSquareMetres, vertices: geometry.vertexCount,
      geoJSON: isInline ? String(decoding: text, as: UTF8.self) : nil,
      originalDigest: original?.digest, checks: GeometryThresholds.raiz1.name,
      notes: notes.sorted())
    return (record, attachments)
  }

  /// What was received, where it was changed in any way.
  private var original: Attachment? {
    if let source { return Attachment(mediaType: "text/plain", bytes: Array(source.text.utf8)) }
    guard let given, findings.contains(where: { $0.severity == .mended }) else { return nil }
    return Attachment(mediaType: "application/geo+json", bytes: OriginalText.geoJSON(given))
  }
}

import Land
import Ledger
import Traceability
import ValueTypes

/// Finds a plot's geometry, in its event or among the attachments, and checks its hash.
struct PlotGeometries {
  let reader: LedgerReader

  func text(of plot: PlotRegistered) async throws -> [UInt8] {
    if let inline = plot.geometry.geoJSON { return Array(inline.utf8) }
    guard let attachment = try await reader.attachment(plot.geometry.digest) else {
      throw ApplicationError.geometryMissing(plot.plot)
    }
    return attachment.bytes
  }

  func geometry(of plot: PlotRegistered) async throws -> PlotGeometry {
    let geometry = try PlotGeometry(canonical: try await text(of: plot))
    guard geometry.digest == plot.geometry.digest else {
      throw ApplicationError.geometryMissing(plot.plot)
    }
    return geometry
  }

  /// The land to lay over maps: a point stands for a disc of its declared area.
  func subject(_ plot: PlotRegistered) async throws -> EvidenceMaps.Subject {
    let geometry = try await geometry(of: plot)
    guard case .point(let position) = geometry else {
      return EvidenceMaps.Subject(plot: plot, land: geometry)
    }
    do {
      return EvidenceMaps.Subject(
        plot: plot,
        land: try PlotGeometry.disc(around: position, squareMetres: plot.squareMetres))
    } catch {
      throw OverlayFailure(description: error.description)
    }
  }
}

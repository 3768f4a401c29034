import Land
import Ledger
import ReadModels
import Traceability
import ValueTypes

import struct Crypto.SHA256

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
    let text = try await text(of: plot)
    // The text is the canonical one to the byte, so its hash is the geometry's.
    let geometry = try PlotGeometry(canonical: text)
    guard SHA256Digest(Array(SHA256.hash(data: text))) == plot.geometry.digest else {
      throw ApplicationError.geometryMissing(plot.plot)
    }
    return geometry
  }

  /// The land of many plots, in the order given, read on all cores.
  func subjects(
    _ plots: [PlotRegistered]
  ) async throws -> [Result<EvidenceMaps.Subject, OverlayFailure>] {
    try await CoreSlices.map(plots) { plot in
      do {
        return .success(try await subject(plot))
      } catch let failure as OverlayFailure {
        return .failure(failure)
      }
    }
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

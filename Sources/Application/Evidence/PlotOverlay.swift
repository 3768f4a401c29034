import Land
import Ledger
import Traceability
import ValueTypes

/// One plot over the maps.
struct PlotOverlay {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let plot: PlotRegistered
  let reader: LedgerReader

  /// A point stands for a disc of its declared area, and the assessment says so.
  func assess(on maps: [OpenMap]) async throws -> PlotAssessed {
    let geometry = try await PlotGeometries(reader: reader).geometry(of: plot)
    let area = try outline(geometry)
    var results: [DatasetResult] = []
    for map in maps {
      let covered: CoverageResult
      do {
        covered = try Coverage.assess(area, on: map.raster)
      } catch {
        throw Failure(description: "\(map.registered.dataset): \(error)")
      }
      results.append(result(covered, map.registered))
    }
    return PlotAssessed(
      plot: plot.plot, geometryDigest: plot.geometry.digest, method: CoverageResult.methodName,
      form: plot.geometry.form, results: results)
  }

  private func outline(_ geometry: PlotGeometry) throws -> PlotGeometry {
    guard case .point(let position) = geometry else { return geometry }
    do {
      return try PlotGeometry.disc(around: position, squareMetres: plot.squareMetres)
    } catch {
      throw Failure(description: error.description)
    }
  }

  private func result(
    _ covered: CoverageResult, _ dataset: DatasetRegistered
  ) -> DatasetResult {
    DatasetResult(
      dataset: dataset.dataset, kind: dataset.kind, datasetDigest: dataset.digest,
      squareMetres: covered.totalSquareMetres, outsideSquareMetres: covered.outsideSquareMetres,
      noDataSquareMetres: covered.noDataSquareMetres,
      classes: covered.classes.sorted { $0.key < $1.key }.map { value, area in
        DatasetResult.ClassArea(
          value: value, squareMetres: area, cells: covered.cellsTouched[value] ?? 0)
      })
  }
}

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
}

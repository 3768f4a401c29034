import Foundation
import Land
import Traceability
import ValueTypes

/// Registered datasets, opened after their bytes were hashed and found as registered.
struct EvidenceMaps {
  private enum Content {
    /// Place among `rasters`.
    case raster(Int)
    case vector(VectorLayer)
  }

  let datasets: [DatasetRegistered]
  private var contents: [Content] = []
  private var rasters: [RasterSource] = []

  /// - Parameter path: where the bytes of a digest stand.
  /// - Throws: `ApplicationError.datasetMissing` where a dataset is not there or has other bytes:
  ///   nothing is assessed by half of the maps.
  init(
    _ datasets: [DatasetRegistered], path: (DatasetRegistered) -> String
  ) throws {
    self.datasets = datasets
    for dataset in datasets {
      let path = path(dataset)
      if dataset.reading == .inside {
        contents.append(.vector(try dataset.vectorLayer(at: path)))
      } else {
        let source = try dataset.raster(at: path)
        try dataset.check(source)
        contents.append(.raster(rasters.count))
        rasters.append(source)
      }
    }
  }

  /// A plot with the land to lay over the maps: the disc of its declared area for a point.
  struct Subject {
    let plot: PlotRegistered
    let land: PlotGeometry
  }

  typealias Outcome = Result<PlotAssessed, OverlayFailure>

  /// What the datasets show of each plot, in the order given, each dataset in the order opened.
  func assess(_ subjects: [Subject]) -> [Outcome] {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let covered = Overlay.assess(subjects.map(\.land), on: rasters, threads: threads)
    return zip(subjects, covered).map { subject, covered in
      do throws(OverlayFailure) {
        var results: [DatasetResult] = []
        for (dataset, content) in zip(datasets, contents) {
          switch content {
          case .raster(let place):
            results.append(try Self.result(covered[place], dataset))
          case .vector(let layer):
            results.append(try Self.result(layer, dataset, subject.land))
          }
        }
        return .success(
          PlotAssessed(
            plot: subject.plot.plot, geometryDigest: subject.plot.geometry.digest,
            method: Self.method, form: subject.plot.geometry.form, results: results))
      } catch {
        return .failure(error)
      }
    }
  }

  static let method = CoverageResult.methodName

  private static func result(
    _ outcome: Overlay.Outcome, _ dataset: DatasetRegistered
  ) throws(OverlayFailure) -> DatasetResult {
    switch outcome {
    case .failure(let error):
      throw OverlayFailure(description: "\(dataset.dataset): \(error)")
    case .success(let covered):
      return DatasetResult(
        dataset: dataset.dataset, kind: dataset.kind, datasetDigest: dataset.digest,
        squareMetres: covered.totalSquareMetres,
        outsideSquareMetres: covered.outsideSquareMetres,
        noDataSquareMetres: covered.noDataSquareMetres,
        classes: covered.classes.sorted { $0.key < $1.key }.map { value, area in
          DatasetResult.ClassArea(
            value: value, squareMetres: area, cells: covered.cellsTouched[value] ?? 0)
        })
    }
  }

  /// Inside the features is value 1, the rest 0: a layer that names areas leaves no land unknown.
  private static func result(
    _ layer: VectorLayer, _ dataset: DatasetRegistered, _ land: PlotGeometry
  ) throws(OverlayFailure) -> DatasetResult {
    do throws(VectorError) {
      let overlap = try layer.overlap(land)
      let inside = min(overlap.squareMetres, overlap.plotSquareMetres)
      return DatasetResult(
        dataset: dataset.dataset, kind: dataset.kind, datasetDigest: dataset.digest,
        squareMetres: overlap.plotSquareMetres, outsideSquareMetres: 0, noDataSquareMetres: 0,
        classes: [
          .init(value: 0, squareMetres: overlap.plotSquareMetres - inside, cells: 0),
          .init(
            value: DatasetMeaning.insideValue, squareMetres: inside,
            cells: overlap.features.count),
        ],
        features: overlap.features.map { Self.name($0.attributes, $0.index) }.sorted())
    } catch {
      throw OverlayFailure(description: "\(dataset.dataset): \(error)")
    }
  }

  private static let names = ["name", "nombre", "anp_nomb", "nomb"]

  /// What a feature is called, by the field that says so; else its number.
  static func name(_ attributes: [String: String], _ index: Int) -> String {
    let fields = attributes.sorted { $0.key < $1.key }
    for name in names {
      for (field, value) in fields where field.lowercased() == name && !value.isEmpty {
        return value
      }
    }
    return "#\(index)"
  }
}

/// Why a plot could not be laid over the maps.
struct OverlayFailure: Error, CustomStringConvertible {
  let description: String
}

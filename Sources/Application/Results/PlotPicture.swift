import Land
import Ledger
import PlotMap
import ReadModels
public import Traceability
import ValueTypes

/// The forms of a plot's map.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
  case svg, png
}

extension Raiz {
  /// A plot's map, from the registered maps that reach it and the newest assessment.
  ///
  /// - Parameter width: pixels across a PNG; nil takes the usual one.
  /// - Throws: `ApplicationError.notFound`, `.datasetMissing`, `.geometryMissing`,
  ///   `.pictureFailed`, and `.invalidSetting` for a width out of range.
  public func picture(
    of plot: PlotCode, format: PictureFormat, language: Language, width: Int? = nil
  ) async throws -> [UInt8] {
    let content = try await PlotPicture(raiz: self, language: language).content(of: plot)
    do {
      switch format {
      case .svg: return try PlotMap.svg(content)
      case .png: return try PlotMap.png(content, width: width ?? PlotMap.usualWidth)
      }
    } catch .widthOutOfRange(let pixels, let range) {
      throw ApplicationError.invalidSetting(
        name: "width", value: "\(pixels)", expected: "\(range.lowerBound)–\(range.upperBound)")
    } catch {
      throw ApplicationError.pictureFailed(plot, es: error.texts.es, en: error.texts.en)
    }
  }
}

/// Gathers what a plot's picture shows.
struct PlotPicture {
  let raiz: Raiz
  let language: Language

  private var isSpanish: Bool { language == .spanish }

  func content(of code: PlotCode) async throws -> PlotMapContent {
    var world = World()
    var loaded: Set<StreamKey> = []
    let datasets = try await RegisteredDatasets(
      pool: raiz.pool, loader: raiz.loader, ledger: raiz.reader.ledger
    ).load(inUse: true).datasets
    try await raiz.loader.load([.plot(code)], into: &world, loaded: &loaded)
    guard let plot = world.plots[code] else { throw ApplicationError.notFound(.plot(code)) }
    let geometry = try await PlotGeometries(reader: raiz.reader).geometry(of: plot.registered)
    do {
      let (outline, point) = try outline(geometry, plot.registered)
      let frame = MapFrame(around: outline)
      let kinds = try DatasetKinds.shipped()
      let layers = try datasets.compactMap { try layer($0, plot, frame, kinds) }
      let areas = try datasets.flatMap { try self.areas($0, plot, frame) }
      return PlotMapContent(
        plot: code.text, subtitle: subtitle(plot), outline: outline, declaredPoint: point,
        hectares: plot.registered.squareMetres / 10_000,
        layers: layers.sorted {
          ($0.meaning.height, $0.dataset) < ($1.meaning.height, $1.dataset)
        }, areas: areas, language: isSpanish ? .spanish : .english)
    } catch let error as ApplicationError {
      throw error
    } catch {
      throw ApplicationError.pictureFailed(code, es: "\(error)", en: "\(error)")
    }
  }

  /// A point stands for the disc of its declared area, as it does in the assessment.
  private func outline(
    _ geometry: PlotGeometry, _ plot: PlotRegistered
  ) throws -> (PlotGeometry, Position?) {
    guard case .point(let position) = geometry else { return (geometry, nil) }
    return (try PlotGeometry.disc(around: position, squareMetres: plot.squareMetres), position)
  }

  /// Nil for a map that does not reach the frame, or whose kind is not drawn.
  private func layer(
    _ dataset: DatasetRegistered, _ plot: PlotState, _ frame: MapFrame, _ kinds: DatasetKinds
  ) throws -> MapLayer? {
    let entry = kinds.entry(dataset.kind)
    let name = (isSpanish ? entry?.es : entry?.en) ?? dataset.kind.rawValue
    // Whether it is drawn at all is known before any of it is read.
    guard reaches(dataset, frame),
      MapMeaning(dataset, policy: raiz.policy, name: name, values: { [] }) != nil
    else { return nil }
    let raster = try raiz.maps.open(dataset)
    let window = try MapWindow.read(raster, for: frame)
    let measured = measured(dataset, plot)
    let meaning = MapMeaning(dataset, policy: raiz.policy, name: name) {
      Set(window.values.map(Int.init)).union(measured?.byValue.keys.map { $0 } ?? [])
    }
    guard let meaning else { return nil }
    return MapLayer(
      dataset: dataset.dataset.text, version: dataset.version, meaning: meaning, window: window,
      noData: raster.noData, measured: measured)
  }

  private func reaches(_ dataset: DatasetRegistered, _ frame: MapFrame) -> Bool {
    let extent = dataset.extent
    return extent.count == 4 && extent[0] < frame.box.east && extent[2] > frame.box.west
      && extent[1] < frame.box.north && extent[3] > frame.box.south
  }

  /// The areas of a vector layer that reach the frame.
  private func areas(
    _ dataset: DatasetRegistered, _ plot: PlotState, _ frame: MapFrame
  ) throws -> [MapArea] {
    guard let style = MapArea.Style(dataset.kind), reaches(dataset, frame) else { return [] }
    let found = try raiz.maps.layer(dataset).areas(meeting: frame.box)
    let result = assessment(plot)?.value.results.first {
      $0.dataset == dataset.dataset && $0.datasetDigest == dataset.digest
    }
    return found.map { area in
      let name = EvidenceMaps.name(area.attributes, area.index)
      return MapArea(
        name: name, style: style, dataset: dataset.dataset.text, version: dataset.version,
        polygons: area.polygons, measuredHectares: hectares(of: name, result))
    }
  }

  /// The assessment tells the land inside any of a layer's areas: that of one area where it
  /// touches no other.
  private func hectares(of name: String, _ result: DatasetResult?) -> Double? {
    guard let result, let touched = result.features else { return nil }
    guard touched.contains(name) else { return 0 }
    guard touched.count == 1 else { return nil }
    return result.classes.filter { $0.value == DatasetMeaning.insideValue }
      .reduce(0) { $0 + $1.squareMetres } / 10_000
  }

  /// Hectares of the newest assessment, if it was of these bytes.
  private func measured(
    _ dataset: DatasetRegistered, _ plot: PlotState
  ) -> MapLayer.Measured? {
    guard let assessed = assessment(plot)?.value,
      let result = assessed.results.first(where: {
        $0.dataset == dataset.dataset && $0.datasetDigest == dataset.digest
      })
    else { return nil }
    var byValue: [Int: Double] = [:]
    for part in result.classes { byValue[part.value, default: 0] += part.squareMetres / 10_000 }
    return MapLayer.Measured(
      byValue: byValue,
      missing: (result.outsideSquareMetres + result.noDataSquareMetres) / 10_000)
  }

  /// The newest, if it was of the outline that counts now.
  private func assessment(_ plot: PlotState) -> Dated<PlotAssessed>? {
    plot.assessment.flatMap {
      $0.value.geometryDigest == plot.registered.geometry.digest ? $0 : nil
    }
  }

  private func subtitle(_ plot: PlotState) -> String {
    let place = [plot.registered.district, plot.registered.country].compactMap { $0 }
      .joined(separator: ", ")
    guard let assessed = assessment(plot) else {
      return place + (isSpanish ? " · sin evaluación" : " · not assessed")
    }
    let day = assessed.occurredAt.description.prefix(10)
    return place + (isSpanish ? " · evaluada el \(day)" : " · assessed on \(day)")
  }
}

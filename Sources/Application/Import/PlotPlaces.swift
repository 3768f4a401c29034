import Land
import ReadModels
import Tabular
import Traceability
import ValueTypes

/// Where a file's plots lie, by the registered maps of districts (check G11).
struct PlotPlaces: Sendable {
  /// Where the maps come from.
  struct Source: Sendable {
    let registered: RegisteredDatasets
    let store: DatasetStore
    let projector: Projector

    /// Nil where no map of districts is in use.
    func open(_ file: ParsedFile, on day: CivilDate) async throws -> PlotPlaces? {
      try await projector.catchUp()
      let maps = try await registered.load(inUse: true).datasets.filter { $0.kind == .district }
      return maps.isEmpty ? nil : PlotPlaces(maps, store: store, file: file, on: day)
    }
  }

  private var maps: [(dataset: DatasetName, lookup: PlaceLookup)] = []
  /// Maps that could not be read: plots are taken all the same, and their places not checked.
  private(set) var unusable: [RowProblem] = []
  private let file: String
  private let geometries: [PlotCode: PlotGeometry]
  private let paths: [PlotCode: String]
  private let day: CivilDate

  init(
    _ datasets: [DatasetRegistered], store: DatasetStore, file: ParsedFile, on day: CivilDate
  ) {
    self.file = file.name
    geometries = file.geometries
    paths = file.paths
    self.day = day
    for dataset in datasets {
      do {
        let layer = try dataset.vectorLayer(at: store.path(of: dataset.digest))
        let map = try DistrictMap(finding: layer)
        maps.append(
          (
            dataset.dataset,
            PlaceLookup(countries: nil, districts: map, changes: DistrictChange.peru)
          ))
      } catch {
        unusable.append(.placesNotChecked(dataset.dataset, file.name, "\(error)"))
      }
    }
  }

  /// What is said of a plot's place; nil where no map could be read.
  ///
  /// The first map, by name, that holds any of the plot answers.
  func answer(for plot: PlotRegistered) throws(VectorError) -> PlaceAnswer? {
    guard let geometry = geometries[plot.plot] else { return nil }
    let declared = DeclaredPlace(
      country: plot.country == "ZZ" ? nil : plot.country,
      countryBox: CountryBoxes.box(of: plot.country), district: plot.district)
    var first: PlaceAnswer?
    for (dataset, lookup) in maps {
      let answer = try lookup.check(
        geometry, declared: declared, on: day, dataset: dataset.text, at: paths[plot.plot] ?? "")
      if !answer.findings.contains(where: { $0.problem == .offDistrictMap }) { return answer }
      if first == nil { first = answer }
    }
    return first
  }

  func problem(_ finding: GeometryFinding, row: Int) -> RowProblem {
    RowProblem(finding, file: file, row: row)
  }

  func problem(_ error: VectorError, row: Int) -> RowProblem {
    RowProblem(
      file: file, row: row, column: "geometry", value: "", code: "G11.\(error.code.rawValue)",
      reason: Tabular.Wording(es: error.message(in: .spanish), en: error.message(in: .english)),
      remedy: Tabular.Wording(es: error.remedy(in: .spanish), en: error.remedy(in: .english)))
  }
}

extension FilePlan {
  /// The registration with the district of the map, where the file names none. Of a known plot
  /// what was recorded stands: a file that names no district says nothing against it.
  mutating func placed(_ command: Command, row: Int) -> Command {
    guard case .registerPlot(var event) = command else { return command }
    let known = world.plots[event.plot]?.registered
    if event.district == nil, let district = known?.district { event = event.lying(in: district) }
    guard let places, known?.geometry.digest != event.geometry.digest else {
      return .registerPlot(event)
    }
    do {
      guard let answer = try places.answer(for: event) else { return .registerPlot(event) }
      placeRemarks[event.plot] = answer.findings.map { places.problem($0, row: row) }
      if known == nil, let district = answer.district {
        event = event.lying(in: district.code)
      }
    } catch {
      placeRemarks[event.plot] = [places.problem(error, row: row)]
    }
    return .registerPlot(event)
  }
}

extension PlotRegistered {
  fileprivate func lying(in district: String) -> PlotRegistered {
    PlotRegistered(
      plot: plot, producer: producer, commodities: commodities, country: country,
      district: district, declaredSquareMetres: declaredSquareMetres, plantedYear: plantedYear,
      geometry: geometry)
  }
}

extension RowProblem {
  fileprivate static func placesNotChecked(
    _ dataset: DatasetName, _ file: String, _ reason: String
  ) -> RowProblem {
    RowProblem(
      file: file, row: 0, column: "", value: dataset.text, code: "G11.map-unusable",
      reason: Tabular.Wording(
        es: "No se puede usar el mapa de distritos: no se comprobó dónde están las parcelas "
          + "(\(reason)).",
        en: "The map of districts cannot be used: where the plots lie was not checked "
          + "(\(reason))."),
      remedy: Tabular.Wording(
        es: "Registre de nuevo el mapa con «raiz dataset add», o retírelo con «supersede».",
        en: "Register the map again with “raiz dataset add”, or take it out by “supersede”."))
  }
}

public import ValueTypes

public enum GeometryForm: String, Sendable, Hashable, Codable {
  case point, polygon
}

/// A plot's geometry as evidence: what it measures, and the hash of its exact text.
public struct GeometryRecord: Sendable, Hashable, Codable {
  /// SHA-256 of the canonical GeoJSON geometry text.
  public let digest: SHA256Digest
  public let form: GeometryForm
  /// Geodesic area on the WGS 84 ellipsoid, m²; 0 for a point.
  public let squareMetres: Double
  public let vertices: Int
  /// The canonical text, where it is short enough to stand in the event; else an attachment.
  public let geoJSON: String?
  /// SHA-256 of the geometry as received, where mending or another reference system changed it;
  /// kept as an attachment.
  public let originalDigest: SHA256Digest?
  /// Name of the thresholds that the checks went by (`raiz-geometry/1`).
  public let checks: String?
  /// Codes of the checks that mended or doubt something (G01…G14).
  public let notes: [String]

  public init(
    digest: SHA256Digest, form: GeometryForm, squareMetres: Double, vertices: Int,
    geoJSON: String?, originalDigest: SHA256Digest? = nil, checks: String? = nil,
    notes: [String] = []
  ) {
    self.digest = digest
    self.form = form
    self.squareMetres = squareMetres
    self.vertices = vertices
    self.geoJSON = geoJSON
    self.originalDigest = originalDigest
    self.checks = checks
    self.notes = notes
  }
}

extension GeometryRecord {
  /// No plot is larger, m²: a million hectares.
  public static let squareMetresLimit = 1e10

  /// True for a point, and for a polygon that encloses an area that a plot can have.
  public var hasArea: Bool {
    switch form {
    case .point: squareMetres == 0
    case .polygon: squareMetres > 0 && squareMetres <= Self.squareMetresLimit && vertices >= 3
    }
  }
}

/// A piece of land with one owner-producer.
public struct PlotRegistered: Sendable, Hashable, Codable {
  public let plot: PlotCode
  /// Nil where the file that brought the plot names none: such a plot is never proven.
  public let producer: ProducerCode?
  /// `cocoa`, `oil-palm`: commodities of the catalogue.
  public let commodities: [String]
  /// ISO 3166-1 alpha-2.
  public let country: String
  /// Ubigeo of the district, six digits.
  public let district: String?
  /// As the producer or a document declares it, m².
  public let declaredSquareMetres: Int64?
  public let plantedYear: Int?
  public let geometry: GeometryRecord

  public init(
    plot: PlotCode, producer: ProducerCode?, commodities: [String], country: String,
    district: String?, declaredSquareMetres: Int64?, plantedYear: Int?, geometry: GeometryRecord
  ) {
    self.plot = plot
    self.producer = producer
    self.commodities = commodities
    self.country = country
    self.district = district
    self.declaredSquareMetres = declaredSquareMetres
    self.plantedYear = plantedYear
    self.geometry = geometry
  }

  /// Area to judge by, m²: the polygon's own, or the declared one of a point.
  public var squareMetres: Double {
    geometry.form == .polygon ? geometry.squareMetres : Double(declaredSquareMetres ?? 0)
  }
}

/// The plot's outline was wrong: from here on this one counts. What it was assessed for no longer
/// does, so that the plot and all that came from it are judged anew.
public struct PlotGeometryCorrected: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let geometry: GeometryRecord
  /// As it is declared now, m²; nil keeps what was declared.
  public let declaredSquareMetres: Int64?
  public let reason: String

  public init(
    plot: PlotCode, geometry: GeometryRecord, declaredSquareMetres: Int64?, reason: String
  ) {
    self.plot = plot
    self.geometry = geometry
    self.declaredSquareMetres = declaredSquareMetres
    self.reason = reason
  }
}

extension PlotRegistered {
  /// The same plot with the outline that counts now.
  func corrected(by event: PlotGeometryCorrected) -> PlotRegistered {
    PlotRegistered(
      plot: plot, producer: producer, commodities: commodities, country: country,
      district: district,
      declaredSquareMetres: event.declaredSquareMetres ?? declaredSquareMetres,
      plantedYear: plantedYear, geometry: event.geometry)
  }
}

/// Papers of land tenure found in Peru (see Regulation (EU) 2023/1115, Art. 2(40)(a)).
public enum TenureKind: String, Sendable, Hashable, Codable, CaseIterable {
  case title
  /// Contract ceding use for agroforestry (Law 29763).
  case cusaf
  case possession
  /// National register of farmers.
  case ppa
}

public struct PlotTenureDocumented: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let kind: TenureKind
  public let number: String
  public let issuer: String?
  /// SHA-256 of the document's file.
  public let digest: SHA256Digest
  public let validTo: CivilDate?

  public init(
    plot: PlotCode, kind: TenureKind, number: String, issuer: String?, digest: SHA256Digest,
    validTo: CivilDate?
  ) {
    self.plot = plot
    self.kind = kind
    self.number = number
    self.issuer = issuer
    self.digest = digest
    self.validTo = validTo
  }
}

/// What one map shows inside one geometry.
public struct DatasetResult: Sendable, Hashable, Codable {
  public struct ClassArea: Sendable, Hashable, Codable {
    /// The raster's cell value.
    public let value: Int
    public let squareMetres: Double
    /// Cells touched, wholly or in part.
    public let cells: Int

    public init(value: Int, squareMetres: Double, cells: Int) {
      self.value = value
      self.squareMetres = squareMetres
      self.cells = cells
    }
  }

  public let dataset: DatasetName
  public let kind: DatasetKind
  public let datasetDigest: SHA256Digest
  /// What was overlaid, m².
  public let squareMetres: Double
  /// Beyond the map's edge, m².
  public let outsideSquareMetres: Double
  public let noDataSquareMetres: Double
  /// In ascending order of value.
  public let classes: [ClassArea]
  /// The names of a vector layer's features that the plot touches, sorted; nil for a raster.
  public let features: [String]?

  public init(
    dataset: DatasetName, kind: DatasetKind, datasetDigest: SHA256Digest, squareMetres: Double,
    outsideSquareMetres: Double, noDataSquareMetres: Double, classes: [ClassArea],
    features: [String]? = nil
  ) {
    self.features = features
    self.dataset = dataset
    self.kind = kind
    self.datasetDigest = datasetDigest
    self.squareMetres = squareMetres
    self.outsideSquareMetres = outsideSquareMetres
    self.noDataSquareMetres = noDataSquareMetres
    self.classes = classes
  }
}

/// What the registered maps say of one geometry; a new look is a new event, never an edit.
public struct PlotAssessed: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let geometryDigest: SHA256Digest
  /// Name and version of the overlay method.
  public let method: String
  /// `point` where a disc of the declared area stood for the plot.
  public let form: GeometryForm
  public let results: [DatasetResult]

  public init(
    plot: PlotCode, geometryDigest: SHA256Digest, method: String, form: GeometryForm,
    results: [DatasetResult]
  ) {
    self.plot = plot
    self.geometryDigest = geometryDigest
    self.method = method
    self.form = form
    self.results = results
  }
}

/// Counts a harvest against its plot's season; recorded in one commit with `lot.harvested`.
public struct PlotHarvested: Sendable, Hashable, Codable {
  public let plot: PlotCode
  public let lot: LotCode
  public let product: ProductCode
  public let grams: Grams
  public let from: CivilDate
  public let to: CivilDate

  public init(
    plot: PlotCode, lot: LotCode, product: ProductCode, grams: Grams, from: CivilDate,
    to: CivilDate
  ) {
    self.plot = plot
    self.lot = lot
    self.product = product
    self.grams = grams
    self.from = from
    self.to = to
  }
}

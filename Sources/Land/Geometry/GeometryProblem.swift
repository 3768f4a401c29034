/// What can be wrong, odd or mended about a geometry. Raw values are stable.
public enum GeometryProblem: String, Sendable, Hashable, Codable, CaseIterable {
  // G01: the form of rings and positions
  case geometryMissing = "geometry-missing"
  case geometryEmpty = "geometry-empty"
  case lineNotPlot = "line-not-plot"
  case mixedGeometry = "mixed-geometry"
  case severalPoints = "several-points"
  case tooManyVertices = "too-many-vertices"
  case tooTangled = "too-tangled"
  case tooFewPositions = "too-few-positions"
  case ringNotClosed = "ring-not-closed"
  case notFinite = "not-finite"
  case outOfRange = "out-of-range"
  case axesSwapped = "axes-swapped"
  case crossesAntimeridian = "crosses-antimeridian"
  case noArea = "no-area"
  case threeCorners = "three-corners"
  case ringClosed = "ring-closed"
  case axesTurned = "axes-turned"
  case windingTurned = "winding-turned"
  case furtherNumbersDropped = "further-numbers-dropped"
  case collectionJoined = "collection-joined"
  // G02: what encloses what
  case selfIntersection = "self-intersection"
  case ringRepeated = "ring-repeated"
  case holeOutsideShell = "hole-outside-shell"
  case partsOverlap = "parts-overlap"
  case invalid = "invalid"
  case notChecked = "not-checked"
  case hole = "hole"
  case crossesWhenCut = "crosses-when-cut"
  case spikeRemoved = "spike-removed"
  // G03 to G08: shapes and digits
  case duplicatePositions = "duplicate-positions"
  case duplicateWhenCut = "duplicate-when-cut"
  case shortSegment = "short-segment"
  case spike = "spike"
  case sliver = "sliver"
  case round = "round"
  case rectangle = "rectangle"
  case drawnBox = "drawn-box"
  case fewDecimals = "few-decimals"
  case lattice = "lattice"
  // G09: declared area
  case declaredAreaNotPositive = "declared-area-not-positive"
  case declaredAreaTooSmall = "declared-area-too-small"
  case pointTooLarge = "point-too-large"
  case pointWithoutArea = "point-without-area"
  case areaDiffers = "area-differs"
  // G10: other plots
  case sameGeometry = "same-geometry"
  case overlapCritical = "overlap-critical"
  case overlapWarning = "overlap-warning"
  case overlapNoise = "overlap-noise"
  // G11: the place
  case outsideCountry = "outside-country"
  case nearCountryBoundary = "near-country-boundary"
  case outsideDistrict = "outside-district"
  case nearDistrictBoundary = "near-district-boundary"
  case districtUnknown = "district-unknown"
  case offDistrictMap = "off-district-map"
  case districtFilled = "district-filled"
  case districtFilledNearBoundary = "district-filled-near-boundary"
  case districtUnclear = "district-unclear"

  /// The number of the check that finds it.
  public var code: String {
    switch self {
    case .geometryMissing, .geometryEmpty, .lineNotPlot, .mixedGeometry, .severalPoints,
      .tooManyVertices, .tooTangled, .tooFewPositions, .ringNotClosed, .notFinite, .outOfRange,
      .axesSwapped, .crossesAntimeridian, .noArea, .threeCorners, .ringClosed, .axesTurned,
      .windingTurned,
      .furtherNumbersDropped, .collectionJoined:
      "G01"
    case .selfIntersection, .ringRepeated, .holeOutsideShell, .partsOverlap, .invalid,
      .notChecked, .hole, .crossesWhenCut, .spikeRemoved:
      "G02"
    case .duplicatePositions, .duplicateWhenCut, .shortSegment: "G03"
    case .spike: "G04"
    case .sliver: "G05"
    case .round: "G06"
    case .rectangle, .drawnBox: "G07"
    case .fewDecimals, .lattice: "G08"
    case .declaredAreaNotPositive, .declaredAreaTooSmall, .pointTooLarge, .pointWithoutArea,
      .areaDiffers:
      "G09"
    case .sameGeometry, .overlapCritical, .overlapWarning, .overlapNoise: "G10"
    case .outsideCountry, .nearCountryBoundary, .outsideDistrict, .nearDistrictBoundary,
      .districtUnknown, .offDistrictMap, .districtFilled, .districtFilledNearBoundary,
      .districtUnclear:
      "G11"
    }
  }

  public var severity: GeometryFinding.Severity {
    switch self {
    case .ringClosed, .axesTurned, .windingTurned, .furtherNumbersDropped, .collectionJoined,
      .spikeRemoved, .duplicatePositions:
      .mended
    case .sameGeometry, .overlapCritical: .critical
    case .outsideCountry, .outsideDistrict, .districtUnknown, .offDistrictMap,
      .districtFilledNearBoundary, .districtUnclear:
      .warning
    case .nearCountryBoundary, .nearDistrictBoundary, .districtFilled: .notice
    case .threeCorners, .hole, .crossesWhenCut, .duplicateWhenCut, .shortSegment, .spike, .sliver,
      .round, .rectangle, .drawnBox, .fewDecimals, .lattice, .pointWithoutArea, .areaDiffers,
      .overlapWarning:
      .warning
    case .overlapNoise: .notice
    case .geometryMissing, .geometryEmpty, .lineNotPlot, .mixedGeometry, .severalPoints,
      .tooManyVertices, .tooTangled, .tooFewPositions, .ringNotClosed, .notFinite, .outOfRange,
      .axesSwapped, .crossesAntimeridian, .noArea, .selfIntersection, .ringRepeated,
      .holeOutsideShell,
      .partsOverlap, .invalid, .notChecked, .declaredAreaNotPositive, .declaredAreaTooSmall,
      .pointTooLarge:
      .refuse
    }
  }
}

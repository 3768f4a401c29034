import Foundation

@testable import Land

/// What is said of a fixture.
enum Verdict: Sendable {
  /// The reader refuses it.
  case unreadable(GeoJSONError.Code)
  /// Read; every finding about any of its features, each said once, in order of their text.
  case judged([String])
}

enum Fixtures {
  static let ghana = GeographicBox(west: -3.3, south: 4.7, east: 1.3, north: 11.2)
  static let folders = ["geojson-fixtures-vancebw", "geojson-invalid-chrieke", "geojson-samples"]

  private static let chrieke = "geojson-invalid-chrieke/"

  static let verdicts: [(String, Verdict)] = [
    (
      "geojson-fixtures-vancebw/invalid__duplicate-ring.geojson",
      .judged(["G01.winding-turned", "G02.ring-repeated"])
    ),
    (
      "geojson-fixtures-vancebw/invalid__feature-without-geometry.geojson",
      .judged(["G01.geometry-missing"])
    ),
    (
      "geojson-fixtures-vancebw/invalid__latitude-out-of-range.geojson",
      .judged(["G01.out-of-range"])
    ),
    ("geojson-fixtures-vancebw/invalid__missing-plot-id.geojson", .judged([])),
    ("geojson-fixtures-vancebw/invalid__reversed-lat-lon.geojson", .judged(["G01.axes-swapped"])),
    (
      "geojson-fixtures-vancebw/invalid__self-intersecting-polygon.geojson",
      .judged(["G02.self-intersection"])
    ),
    ("geojson-fixtures-vancebw/invalid__unclosed-ring.geojson", .judged(["G01.ring-not-closed"])),
    ("geojson-fixtures-vancebw/valid__multipolygon-farm.geojson", .judged(["G07.drawn-box"])),
    ("geojson-fixtures-vancebw/valid__point-under-4ha.geojson", .judged([])),
    ("geojson-fixtures-vancebw/valid__polygon-over-4ha.geojson", .judged(["G07.drawn-box"])),
    (
      chrieke + "invalid_geometries__invalid_exterior_not_ccw.geojson",
      .judged(["G01.winding-turned"])
    ),
    (
      chrieke + "invalid_geometries__invalid_interior_not_cw.geojson",
      .judged(["G01.winding-turned", "G02.hole", "G08.few-decimals"])
    ),
    (
      chrieke + "invalid_geometries__invalid_unclosed.geojson",
      .judged(["G01.ring-not-closed", "G08.few-decimals"])
    ),
    (
      chrieke + "invalid_structure__invalid_feature_id_type.geojson",
      .unreadable(.wrongKind)
    ),
    (
      chrieke + "invalid_structure__invalid_feature_properties_is_array.geojson",
      .unreadable(.wrongKind)
    ),
    (
      chrieke + "invalid_structure__invalid_feature_wrong_geometry_key.geojson",
      .unreadable(.memberMissing)
    ),
    (
      chrieke + "invalid_structure__invalid_featurecollection_features_is_object.geojson",
      .unreadable(.wrongKind)
    ),
    (
      chrieke + "invalid_structure__invalid_featurecollection_nulltype.geojson",
      .unreadable(.wrongKind)
    ),
    (
      chrieke + "invalid_structure__invalid_featurecollection_unknown_type.geojson",
      .unreadable(.unknownType)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_bbox_not_list.geojson",
      .unreadable(.wrongKind)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_coordinates_1d.geojson",
      .unreadable(.badCoordinates)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_coordinates_missing.geojson",
      .unreadable(.memberMissing)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_depth_deep_point.geojson",
      .unreadable(.badCoordinates)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_depth_shallow_linestring.geojson",
      .unreadable(.badCoordinates)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_depth_shallow_polygon.geojson",
      .unreadable(.badCoordinates)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_mislabeled_point.geojson",
      .unreadable(.badCoordinates)
    ),
    (
      chrieke + "invalid_structure__invalid_geometry_wrong_geometry_type.geojson",
      .unreadable(.unknownType)
    ),
    (
      chrieke + "problematic_geometries__problematic_4d_coordinates.geojson",
      .judged(["G01.further-numbers-dropped", "G08.few-decimals"])
    ),
    (
      chrieke + "problematic_geometries__problematic_duplicate_nodes.geojson",
      .judged(["G01.three-corners", "G03.duplicate-positions", "G08.few-decimals"])
    ),
    (
      chrieke + "problematic_geometries__problematic_feature_null_geometry.geojson",
      .judged(["G01.geometry-missing"])
    ),
    (
      chrieke + "problematic_geometries__problematic_inner_and_exterior_ring_intersect.geojson",
      .judged(["G02.self-intersection", "G08.few-decimals"])
    ),
    (
      chrieke + "problematic_geometries__problematic_outside_lat_lon_boundaries.geojson",
      .judged(["G01.out-of-range"])
    ),
    (
      chrieke + "problematic_geometries__problematic_self_intersection_small.geojson",
      .judged(["G02.self-intersection", "G08.few-decimals"])
    ),
    (
      chrieke + "problematic_geometries__problematic_zero_length_linestring.geojson",
      .judged(["G01.line-not-plot"])
    ),
    (
      chrieke + "problematic_structure__problematic_geometry_not_wrapped.geojson",
      .judged(["G07.drawn-box", "G08.few-decimals"])
    ),
    (
      chrieke + "problematic_structure__problematic_nested_geometrycollection.geojson",
      .judged(["G01.line-not-plot"])
    ),
    (
      chrieke + "valid__valid_feature_null_geometry.geojson",
      .judged(["G01.geometry-missing"])
    ),
    (
      chrieke + "valid__valid_feature_with_bbox.geojson",
      .judged(["G01.line-not-plot"])
    ),
    (chrieke + "valid__valid_feature_with_string_id.geojson", .judged([])),
    (
      chrieke + "valid__valid_featurecollection_bboxes.geojson",
      .judged(["G01.three-corners"])
    ),
    (
      chrieke + "valid__valid_featurecollection_multiple_feature_types.geojson",
      .judged(["G01.line-not-plot", "G07.drawn-box"])
    ),
    (chrieke + "valid__valid_geometry.geojson", .judged([])),
    (chrieke + "valid__valid_geometry_bbox.geojson", .judged(["G07.drawn-box"])),
    (
      chrieke + "valid__valid_geometry_geometrycollection_empty_geometries.geojson",
      .judged(["G01.geometry-empty"])
    ),
    (
      chrieke + "valid__valid_geometry_multilinestring.geojson",
      .judged(["G01.line-not-plot"])
    ),
    (
      chrieke + "valid__valid_geometry_multipolygon.geojson",
      .judged(["G01.three-corners", "G08.few-decimals"])
    ),
    (chrieke + "valid__valid_geometry_polygon.geojson", .judged(["G07.drawn-box"])),
    (
      "geojson-samples/official_typeII_multiple_producers.geojson",
      .judged(["G01.winding-turned", "G08.few-decimals"])
    ),
    (
      "geojson-samples/official_typeI_single_producer.geojson",
      .judged(["G03.short-segment", "G08.few-decimals"])
    ),
    (
      "geojson-samples/whisp_example_polys.geojson",
      .judged([
        "G01.winding-turned", "G02.hole", "G03.short-segment", "G07.rectangle", "G08.few-decimals",
        "G08.lattice",
      ])
    ),
  ]

  /// Every GeoJSON file of the folders.
  static func files() throws -> [String] {
    try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: SharedData.path("eudr/" + folder))
        .filter { $0.hasSuffix(".geojson") }.map { folder + "/" + $0 }
    }.sorted()
  }

  /// As `G02.hole`.
  static func codes(_ findings: [GeometryFinding]) -> [String] {
    Set(findings.map { $0.code + "." + $0.problem.rawValue }).sorted()
  }

  /// The findings about all features of a file.
  static func findings(
    _ document: GeoJSONDocument, expected: GeographicBox? = nil
  ) -> [GeometryFinding] {
    document.features.flatMap {
      PlotGeometry.make(from: $0.geometry, at: $0.geometryPlace, expected: expected).findings
    }
  }

  /// The plots of a file, refused ones left out.
  static func plots(_ name: String) throws -> [PlotGeometry] {
    try GeoJSONDocument.parse(SharedData.bytes(name)).features.compactMap {
      PlotGeometry.make(from: $0.geometry).geometry
    }
  }
}

/// Numbers for random tests, the same in each run (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

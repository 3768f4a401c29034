@testable import Land

/// Where a fixture is judged, and how.
enum Verdict: Sendable {
  /// The reader refuses it.
  case unreadable(GeoJSONError.Code)
  /// Read, and some geometry is refused for this.
  case refused(GeometryProblem)
  /// Accepted as plots, perhaps with this finding among others, none of which refuses.
  case accepted(GeometryProblem?)
}

enum Fixtures {
  static let ghana = GeographicBox(west: -3.3, south: 4.7, east: 1.3, north: 11.2)

  static let vancebw: [(String, Verdict)] = [
    ("invalid__duplicate-ring", .refused(.ringRepeated)),
    ("invalid__feature-without-geometry", .refused(.geometryMissing)),
    ("invalid__latitude-out-of-range", .refused(.outOfRange)),
    ("invalid__reversed-lat-lon", .refused(.axesSwapped)),
    ("invalid__self-intersecting-polygon", .refused(.selfIntersection)),
    ("invalid__unclosed-ring", .refused(.ringNotClosed)),
    ("valid__multipolygon-farm", .accepted(.rectangle)),
    ("valid__point-under-4ha", .accepted(nil)),
    ("valid__polygon-over-4ha", .accepted(.rectangle)),
  ]

  static let chrieke: [(String, Verdict)] = [
    ("invalid_geometries__invalid_exterior_not_ccw", .accepted(.windingTurned)),
    ("invalid_geometries__invalid_interior_not_cw", .accepted(.windingTurned)),
    ("invalid_geometries__invalid_unclosed", .refused(.ringNotClosed)),
    ("invalid_structure__invalid_feature_id_type", .unreadable(.wrongKind)),
    ("invalid_structure__invalid_feature_properties_is_array", .unreadable(.wrongKind)),
    ("invalid_structure__invalid_feature_wrong_geometry_key", .unreadable(.memberMissing)),
    ("invalid_structure__invalid_featurecollection_features_is_object", .unreadable(.wrongKind)),
    ("invalid_structure__invalid_featurecollection_nulltype", .unreadable(.wrongKind)),
    ("invalid_structure__invalid_featurecollection_unknown_type", .unreadable(.unknownType)),
    ("invalid_structure__invalid_geometry_bbox_not_list", .unreadable(.wrongKind)),
    ("invalid_structure__invalid_geometry_coordinates_1d", .unreadable(.badCoordinates)),
    ("invalid_structure__invalid_geometry_coordinates_missing", .unreadable(.memberMissing)),
    ("invalid_structure__invalid_geometry_depth_deep_point", .unreadable(.badCoordinates)),
    ("invalid_structure__invalid_geometry_depth_shallow_linestring", .unreadable(.badCoordinates)),
    ("invalid_structure__invalid_geometry_depth_shallow_polygon", .unreadable(.badCoordinates)),
    ("invalid_structure__invalid_geometry_mislabeled_point", .unreadable(.badCoordinates)),
    ("invalid_structure__invalid_geometry_wrong_geometry_type", .unreadable(.unknownType)),
    ("problematic_geometries__problematic_4d_coordinates", .accepted(.furtherNumbersDropped)),
    ("problematic_geometries__problematic_duplicate_nodes", .accepted(.duplicatePositions)),
    ("problematic_geometries__problematic_feature_null_geometry", .refused(.geometryMissing)),
    (
      "problematic_geometries__problematic_inner_and_exterior_ring_intersect",
      .refused(.selfIntersection)
    ),
    ("problematic_geometries__problematic_outside_lat_lon_boundaries", .refused(.outOfRange)),
    ("problematic_geometries__problematic_self_intersection_small", .refused(.selfIntersection)),
    ("problematic_geometries__problematic_zero_length_linestring", .refused(.lineNotPlot)),
    ("problematic_structure__problematic_geometry_not_wrapped", .accepted(.rectangle)),
    ("problematic_structure__problematic_nested_geometrycollection", .refused(.lineNotPlot)),
    ("valid__valid_feature_null_geometry", .refused(.geometryMissing)),
    ("valid__valid_feature_with_bbox", .refused(.lineNotPlot)),
    ("valid__valid_feature_with_string_id", .accepted(nil)),
    ("valid__valid_featurecollection_bboxes", .accepted(nil)),
    ("valid__valid_featurecollection_multiple_feature_types", .refused(.lineNotPlot)),
    ("valid__valid_geometry", .accepted(nil)),
    ("valid__valid_geometry_bbox", .accepted(.rectangle)),
    ("valid__valid_geometry_geometrycollection_empty_geometries", .refused(.geometryEmpty)),
    ("valid__valid_geometry_multilinestring", .refused(.lineNotPlot)),
    ("valid__valid_geometry_multipolygon", .accepted(.fewDecimals)),
    ("valid__valid_geometry_polygon", .accepted(.rectangle)),
  ]

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

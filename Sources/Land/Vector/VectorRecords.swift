import CGeo

/// One feature as the file has it.
struct VectorRecord {
  /// Counted from 1 through all layers of the file.
  let number: Int
  let layer: String
  /// Fields with a value.
  let properties: [String: JSONValue]
  /// In WGS 84, longitude first; nil if the feature has none.
  let shape: VectorShape?
  /// Numbers of each position after the first two: altitude, measure.
  let furtherNumbers: Int
  /// The geometry in the file's own reference system (EWKT), if that is another.
  let original: String?
  /// What OGR had to say about the feature, as `Value 'x' of field y parsed incompletely`.
  let warning: String?
}

/// Goes through the features of one layer.
@safe
struct VectorRecords {
  let layerName: String
  /// Names of the layer's fields, in its order.
  let fields: [String]
  let reprojection: Reprojection?
  private let layer: OGRLayerH
  private let limits: VectorLimits

  init(_ name: String, _ layer: OGRLayerH, limits: VectorLimits) throws(VectorError) {
    layerName = name
    unsafe self.layer = layer
    self.limits = limits
    guard let reference = unsafe OGR_L_GetSpatialRef(layer) else {
      throw VectorError(.referenceMissing, at: name)
    }
    do throws(VectorError) {
      reprojection = try OGR.quietly { () -> Result<Reprojection?, VectorError> in
        do throws(VectorError) {
          return .success(try unsafe Reprojection.of(reference))
        } catch {
          return .failure(error)
        }
      }.get()
    } catch {
      throw VectorError(error.code, at: name, error.figures)
    }
    let definition = unsafe OGR_L_GetLayerDefn(layer)
    fields = unsafe (0..<max(0, OGR_FD_GetFieldCount(definition))).map { index in
      let field = unsafe OGR_FD_GetFieldDefn(definition, index)
      return unsafe OGR_Fld_GetNameRef(field).map { unsafe String(cString: $0) } ?? ""
    }
  }

  /// Hands over each feature, numbered on from `read`, or why it could not be taken; `positions`
  /// counts through the file.
  ///
  /// - Throws: what ends the reading of the file as a whole.
  func forEach(
    read: inout Int, positions: inout Int,
    _ body: (Result<VectorRecord, VectorError>) throws(VectorError) -> Void
  ) throws(VectorError) {
    unsafe OGR_L_ResetReading(layer)
    while true {
      let (feature, trouble) = unsafe next()
      if let trouble, trouble.isFailure {
        throw VectorError(
          .cannotRead, feature: read + 1, at: layerName, ["reason": trouble.reason])
      }
      guard let feature = unsafe feature else { return }
      defer { unsafe OGR_F_Destroy(feature) }
      read += 1
      guard read <= limits.features else {
        throw VectorError(.tooManyFeatures, ["limit": String(limits.features)])
      }
      let taken: Result<VectorRecord, VectorError>
      do throws(VectorError) {
        taken = .success(
          try unsafe record(feature, read, &positions, warning: trouble?.reason))
      } catch {
        let place = error.place.isEmpty ? layerName : error.place
        let placed = VectorError(error.code, feature: read, at: place, error.figures)
        if error.code == .tooManyPositions { throw placed }
        taken = .failure(placed)
      }
      try body(taken)
    }
  }

  /// The next feature, and what OGR had to say about it.
  private func next() -> (OGRFeatureH?, (isFailure: Bool, reason: String)?) {
    let (feature, words) = unsafe OGR.listening { unsafe OGR_L_GetNextFeature(layer) }
    // Open rings are found by the checks of each geometry, with their places.
    let heard = words.filter { !$0.reason.hasPrefix("Non closed ring detected") }
    guard let first = heard.first(where: \.isFailure) ?? heard.first else {
      return unsafe (feature, nil)
    }
    return unsafe (feature, (first.isFailure, first.reason))
  }

  private func record(
    _ feature: OGRFeatureH, _ number: Int, _ positions: inout Int, warning: String?
  ) throws(VectorError) -> VectorRecord {
    let properties = try unsafe properties(feature)
    var shape: VectorShape?
    var further = 0
    var original: String?
    if let geometry = unsafe OGR_F_GetGeometryRef(feature) {
      // A nesting or a count beyond reason ends here, before more memory is spent on it.
      let found = try unsafe OGRShapeReader.shape(geometry)
      let count = found.positions.count
      positions += count
      guard count <= limits.positionsPerFeature else {
        throw VectorError(
          .tooManyPositions, ["limit": String(limits.positionsPerFeature)])
      }
      guard positions <= limits.positions else {
        throw VectorError(.tooManyPositions, ["limit": String(limits.positions)])
      }
      further = Int(unsafe OGR_G_Is3D(geometry) + OGR_G_IsMeasured(geometry))
      shape = found
      if let reprojection {
        original = try unsafe reprojection.prefix + ";" + text(of: geometry)
        shape = try OGR.quietly { () -> Result<VectorShape, VectorError> in
          do throws(VectorError) {
            return .success(try reprojection.apply(found))
          } catch {
            return .failure(error)
          }
        }.get()
      }
    }
    return VectorRecord(
      number: number, layer: layerName, properties: properties, shape: shape,
      furtherNumbers: further, original: original, warning: warning)
  }

  private func text(of geometry: OGRGeometryH) throws(VectorError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    let status = unsafe OGR_G_ExportToIsoWkt(geometry, &text)
    defer { unsafe VSIFree(text) }
    guard status == OGRERR_NONE, let text = unsafe text else {
      throw VectorError(.engine, ["reason": "no WKT"])
    }
    return unsafe String(cString: text)
  }

  private func properties(_ feature: OGRFeatureH) throws(VectorError) -> [String: JSONValue] {
    var out: [String: JSONValue] = [:]
    for (index, name) in fields.enumerated() {
      let field = Int32(index)
      guard unsafe OGR_F_IsFieldSetAndNotNull(feature, field) != 0 else { continue }
      let definition = unsafe OGR_F_GetFieldDefnRef(feature, field)
      switch unsafe OGR_Fld_GetType(definition) {
      case OFTInteger, OFTInteger64:
        let value = unsafe OGR_F_GetFieldAsInteger64(feature, field)
        out[name] = .number(JSONNumber(value: Double(value), text: String(value)))
      case OFTReal:
        let value = unsafe OGR_F_GetFieldAsDouble(feature, field)
        guard value.isFinite else { continue }
        out[name] = .number(JSONNumber(value))
      default:
        guard let text = unsafe OGR_F_GetFieldAsString(feature, field) else { continue }
        guard let valid = unsafe String(validatingCString: text) else {
          throw VectorError(.notText, at: name)
        }
        out[name] = .string(valid)
      }
    }
    return out
  }
}

import CGeo
import Foundation

@testable import Land

/// Writes vector files through OGR for tests.
struct VectorWriter {
  struct Failed: Error {
    let reason: String
  }

  struct Row {
    var wkt: String?
    var fields: [String: String] = [:]
  }

  /// - Parameter path: of the file, or for a shapefile of its `.shp`.
  static func write(
    _ rows: [Row], to path: String, driver: String, epsg: Int32 = 4326,
    type: OGRwkbGeometryType = wkbUnknown, fields: [String] = ["codigo", "productor", "area_ha"]
  ) throws {
    _ = GDAL.ready
    guard let handle = unsafe GDALGetDriverByName(driver),
      let set = unsafe GDALCreate(handle, path, 0, 0, 0, GDT_Unknown, nil)
    else { throw Failed(reason: GDAL.lastMessage) }
    defer { unsafe GDALClose(set) }
    let reference = unsafe OSRNewSpatialReference(nil)
    defer { unsafe OSRRelease(reference) }
    _ = unsafe OSRImportFromEPSG(reference, epsg)
    unsafe OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER)
    guard let layer = unsafe GDALDatasetCreateLayer(set, "parcelas", reference, type, nil) else {
      throw Failed(reason: GDAL.lastMessage)
    }
    for name in fields {
      let field = unsafe OGR_Fld_Create(name, OFTString)
      _ = unsafe OGR_L_CreateField(layer, field, 1)
      unsafe OGR_Fld_Destroy(field)
    }
    for row in rows {
      let feature = unsafe OGR_F_Create(OGR_L_GetLayerDefn(layer))
      defer { unsafe OGR_F_Destroy(feature) }
      for (name, value) in row.fields {
        let index = unsafe OGR_F_GetFieldIndex(feature, name)
        unsafe OGR_F_SetFieldString(feature, index, value)
      }
      if let wkt = row.wkt {
        var geometry: OGRGeometryH?
        try unsafe wkt.withCString { text in
          var rest = unsafe UnsafeMutablePointer(mutating: Optional(text))
          guard unsafe OGR_G_CreateFromWkt(&rest, nil, &geometry) == OGRERR_NONE else {
            throw Failed(reason: wkt)
          }
        }
        _ = unsafe OGR_F_SetGeometryDirectly(feature, geometry)
      }
      guard unsafe OGR_L_CreateFeature(layer, feature) == OGRERR_NONE else {
        throw Failed(reason: GDAL.lastMessage)
      }
    }
  }

  /// A shapefile's parts as a zip's entries.
  static func parts(
    _ rows: [Row], in folder: TemporaryFolder, epsg: Int32 = 4326,
    type: OGRwkbGeometryType = wkbPolygon, fields: [String] = ["codigo", "productor", "area_ha"]
  ) throws -> [ZipWriter.Entry] {
    try write(
      rows, to: folder.path("parcelas.shp"), driver: "ESRI Shapefile", epsg: epsg, type: type,
      fields: fields)
    return try folder.names.filter { $0.hasPrefix("parcelas.") }.map { name in
      let data = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
      return ZipWriter.Entry(name: name, bytes: [UInt8](data))
    }
  }
}

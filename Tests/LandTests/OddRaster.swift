import CGeo
import Testing

@testable import Land

/// GeoTIFFs that Raíz must not take for its own.
enum OddRaster {
  static func write(
    _ path: String, epsg: Int32?, transform: [Double], hasFractions: Bool = false
  ) throws {
    _ = GDAL.ready
    let type = hasFractions ? GDT_Float32 : GDT_Byte
    guard let driver = unsafe GDALGetDriverByName("GTiff"),
      let file = unsafe GDALCreate(driver, path, 8, 8, 1, type, nil)
    else {
      Issue.record("could not create \(path)")
      return
    }
    defer { unsafe GDALClose(file) }
    if let epsg {
      let reference = unsafe OSRNewSpatialReference(nil)
      defer { unsafe OSRDestroySpatialReference(reference) }
      #expect(unsafe OSRImportFromEPSG(reference, epsg) == 0)
      #expect(unsafe GDALSetSpatialRef(file, reference) == CE_None)
    }
    var transform = transform
    #expect(unsafe GDALSetGeoTransform(file, &transform) == CE_None)
  }
}

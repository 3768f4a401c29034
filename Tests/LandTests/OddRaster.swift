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

  /// A raster of cells other than bytes.
  static func write(
    _ path: String, grid: RasterGrid, type: CellType, values: [Int32]
  ) throws {
    _ = GDAL.ready
    let kinds = [CellType.uint16: GDT_UInt16, .int16: GDT_Int16, .int32: GDT_Int32]
    let size = (Int32(grid.columns), Int32(grid.rows))
    guard let driver = unsafe GDALGetDriverByName("GTiff"), let kind = kinds[type],
      let file = unsafe GDALCreate(driver, path, size.0, size.1, 1, kind, nil)
    else {
      Issue.record("could not create \(path)")
      return
    }
    defer { unsafe GDALClose(file) }
    let reference = unsafe OSRNewSpatialReference(nil)
    defer { unsafe OSRDestroySpatialReference(reference) }
    #expect(unsafe OSRImportFromEPSG(reference, 4_326) == 0)
    #expect(unsafe GDALSetSpatialRef(file, reference) == CE_None)
    var transform = [grid.west, grid.cellWidth, 0, grid.north, 0, -grid.cellHeight]
    #expect(unsafe GDALSetGeoTransform(file, &transform) == CE_None)
    var values = values
    let answer = unsafe GDALRasterIO(
      GDALGetRasterBand(file, 1), GF_Write, 0, 0, size.0, size.1, &values, size.0, size.1,
      GDT_Int32, 0, 0)
    #expect(answer == CE_None)
  }
}

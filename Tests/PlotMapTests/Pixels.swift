import CGeo
import Foundation
import Testing

/// A PNG decoded by GDAL, which shares nothing with the code that wrote it.
@safe
struct Pixels {
  let width: Int
  let height: Int
  private let bands: [[UInt8]]

  init(_ png: [UInt8]) throws {
    GDALAllRegister()
    let path = FileManager.default.temporaryDirectory.path + "/raiz-\(UUID().uuidString).png"
    try Data(png).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let opened = unsafe GDALOpenEx(path, UInt32(GDAL_OF_RASTER), nil, nil, nil)
    let file = unsafe try #require(opened)
    defer { unsafe GDALClose(file) }
    let width = Int(unsafe GDALGetRasterXSize(file))
    let height = Int(unsafe GDALGetRasterYSize(file))
    var bands: [[UInt8]] = []
    for number in 1...3 {
      var values = [UInt8](repeating: 0, count: width * height)
      let answer = unsafe values.withUnsafeMutableBytes {
        unsafe GDALRasterIO(
          GDALGetRasterBand(file, Int32(number)), GF_Read, 0, 0, Int32(width), Int32(height),
          $0.baseAddress, Int32(width), Int32(height), GDT_Byte, 0, 0)
      }
      #expect(answer == CE_None)
      bands.append(values)
    }
    self.width = width
    self.height = height
    self.bands = bands
  }

  /// `#rrggbb` at a place in the picture's units.
  func color(x: Double, y: Double) -> String {
    let scale = Double(width) / 440
    let index = Int(y * scale) * width + Int(x * scale)
    return "#"
      + bands.map { band in
        let text = String(band[index], radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
  }
}

import Foundation
import Land
import Traceability
public import ValueTypes

/// Keeps each registered map's bytes in the data folder under their SHA-256, so that an
/// assessment can be made again from exactly what it was made from.
public struct DatasetStore: Sendable {
  let folder: String

  public init(dataFolder: String) { folder = dataFolder + "/datasets" }

  struct Stored {
    let digest: SHA256Digest
    let byteCount: Int64
    let extent: [Double]
    let cellDegrees: Double
  }

  /// Where a map's bytes stand, whether or not they are there.
  public func path(of digest: SHA256Digest) -> String { folder + "/\(digest).tif" }

  /// Copies a map in, once; a map that GDAL cannot read, or that is not on EPSG:4326, is refused.
  func take(_ path: String, as form: DatasetKinds.Form) throws -> Stored {
    let raster = try RasterDataset.open(path)
    let digest = try FileDigest.sha256(path)
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let target = self.path(of: digest)
    if !FileManager.default.fileExists(atPath: target) {
      let part = target + ".part-\(UUID().uuidString)"
      try FileManager.default.copyItem(atPath: path, toPath: part)
      // Hashed again: what stands under a hash must have it, even if the source changed meanwhile.
      guard try FileDigest.sha256(part) == digest else {
        try FileManager.default.removeItem(atPath: part)
        throw ApplicationError.fileChanged(path)
      }
      // Another import may have put the same bytes there meanwhile: then this copy goes.
      do {
        try FileManager.default.moveItem(atPath: part, toPath: target)
      } catch {
        try FileManager.default.removeItem(atPath: part)
        guard FileManager.default.fileExists(atPath: target) else {
          throw ApplicationError.cannotWrite(target, reason: "\(error)")
        }
      }
    }
    let box = raster.grid.box
    let size = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int64
    return Stored(
      digest: digest, byteCount: size ?? 0, extent: [box.west, box.south, box.east, box.north],
      cellDegrees: raster.grid.cellWidth)
  }
}

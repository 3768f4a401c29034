import Foundation
import Land
import Traceability

/// A registered dataset's file is used only where its bytes are the registered ones.
extension DatasetRegistered {
  /// - Throws: `ApplicationError.datasetMissing` where there is no such file, and what reading it
  ///   throws.
  func raster(at path: String) throws -> RasterSource {
    guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
    return try RasterSource(path: path)
  }

  /// - Throws: `ApplicationError.datasetMissing` where the bytes, a mosaic's members' too, are
  ///   others.
  func check(_ source: RasterSource) throws {
    guard try source.digest() == digest else { throw missing(source.path) }
  }

  /// - Throws: `ApplicationError.datasetMissing` where there is no such file or its bytes are
  ///   others, and what reading it throws.
  func vectorLayer(at path: String) throws -> VectorLayer {
    guard FileManager.default.fileExists(atPath: path), try FileDigest.sha256(path) == digest
    else { throw missing(path) }
    return try VectorLayer(path: path, faults: .mend)
  }

  private func missing(_ path: String) -> ApplicationError { .datasetMissing(dataset, path: path) }
}

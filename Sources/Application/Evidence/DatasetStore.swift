import Foundation
import Land
import Traceability
public import ValueTypes

/// Keeps each registered dataset's bytes in the data folder under their SHA-256, so that an
/// assessment can be made again from exactly what it was made from.
///
/// A mosaic stays where it lies, with its members: the folder then holds its path.
public struct DatasetStore: Sendable {
  let folder: String

  public init(dataFolder: String) { folder = dataFolder + "/datasets" }

  struct Stored {
    let digest: SHA256Digest
    let byteCount: Int64
    let extent: [Double]
    /// 0 for a vector layer.
    let cellDegrees: Double
    /// Features that were put right on reading, in words.
    var mended: [String] = []
  }

  private static let reference = "path"

  /// Where a dataset's bytes stand; where they would, if they are not there.
  public func path(of digest: SHA256Digest) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.filter { $0.hasPrefix("\(digest).") && !$0.contains(".part-") }.sorted()
    guard let name = found.first else { return folder + "/\(digest).tif" }
    guard name.hasSuffix("." + Self.reference),
      let path = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    else { return folder + "/" + name }
    return path.trimmingCharacters(in: .newlines)
  }

  /// Takes a dataset in, once; one that cannot be read as what its kind asks is refused.
  func take(_ path: String, as entry: DatasetKinds.Entry) throws -> Stored {
    switch entry.form {
    case .raster: try takeRaster(path)
    case .vector: try takeVector(path, entry.kind)
    }
  }

  private func takeRaster(_ path: String) throws -> Stored {
    let source = try RasterSource(path: path)
    let digest = try source.digest()
    let isMosaic = source.memberFiles != [path]
    if isMosaic {
      try refer(to: URL(fileURLWithPath: path).standardizedFileURL.path, digest)
    } else {
      try copy(path, to: folder + "/\(digest).tif", digest)
    }
    let box = source.grid.box
    return Stored(
      digest: digest,
      byteCount: try ([path] + (isMosaic ? source.memberFiles : [])).reduce(0) {
        $0 + (try Self.byteCount($1))
      },
      extent: [box.west, box.south, box.east, box.north], cellDegrees: source.grid.cellWidth)
  }

  private func takeVector(_ path: String, _ kind: DatasetKind) throws -> Stored {
    let layer = try VectorLayer(path: path, faults: .mend)
    // Districts without codes and names could place no plot.
    if kind == .district { _ = try DistrictMap(finding: layer) }
    let digest = try FileDigest.sha256(path)
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    try copy(path, to: folder + "/\(digest).\(ending)", digest)
    return Stored(
      digest: digest, byteCount: try Self.byteCount(path),
      extent: [layer.box.west, layer.box.south, layer.box.east, layer.box.north],
      cellDegrees: 0, mended: layer.mended.map { "\($0.feature): \($0.reason)" })
  }

  private static func byteCount(_ path: String) throws -> Int64 {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
  }

  private func refer(to path: String, _ digest: SHA256Digest) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data((path + "\n").utf8).write(
      to: URL(fileURLWithPath: folder + "/\(digest).\(Self.reference)"), options: .atomic)
  }

  private func copy(_ path: String, to target: String, _ digest: SHA256Digest) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard !FileManager.default.fileExists(atPath: target) else { return }
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
}

import CGeo
import Synchronization

/// A vector file opened through OGR: told by its content, read by one driver, kept from every
/// network.
///
/// Not `Sendable`: a handle belongs to one thread.
@safe
final class VectorSource {
  let format: VectorFormat
  let limits: VectorLimits
  /// Placemarks that a KML file holds, for the count at the end.
  private let placemarks: Int?
  private let handle: GDALDatasetH
  private let memory: MemoryFolder?

  init(_ given: String, limits: VectorLimits) throws(VectorError) {
    OGR.prepare()
    let file = try VectorFile(given, limit: limits.bytes)
    let format = try Self.format(of: file)
    var placemarks: Int?
    var memory: MemoryFolder?
    var path = file.path
    switch format {
    case .geoJSON: break
    case .geoPackage:
      // What another program has not yet brought in would be missed.
      if VectorFile.byteCount(path + "-wal") > 0 { throw VectorError(.inUse) }
    case .kml: placemarks = try KMLScan(try file.read(file.byteCount), limits: limits).placemarks
    case .shapefile:
      let archive = try ZipArchive(try file.read(file.byteCount), limits: limits)
      let folder = try MemoryFolder(try ShapefileParts(archive).parts, main: "shp")
      path = folder.path
      memory = folder
    case .kmz:
      let archive = try ZipArchive(try file.read(file.byteCount), limits: limits)
      let document = try KMZDocument(archive).bytes
      placemarks = try KMLScan(document, limits: limits).placemarks
      let folder = try MemoryFolder(["kml": document], main: "kml")
      path = folder.path
      memory = folder
    }
    self.format = format
    self.limits = limits
    self.placemarks = placemarks
    self.memory = memory
    unsafe self.handle = try unsafe Self.open(path, format)
  }

  deinit { unsafe GDALClose(handle) }

  private static func format(of file: VectorFile) throws(VectorError) -> VectorFormat {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    if ["shp", "shx", "dbf"].contains(where: { name.lowercased().hasSuffix(".\($0)") }) {
      throw VectorError(.bareShapefile)
    }
    let promised = VectorFormat(ending: name)
    guard let found = VectorFormat(head: try file.read(min(512, file.byteCount))) else {
      guard let promised else { throw VectorError(.unknownFormat) }
      throw VectorError(
        .endingLies, ["ending": ".\(promised.endings[0])", "found": "desconocido / unknown"])
    }
    if promised == .kmz, found == .shapefile { return .kmz }
    guard promised == nil || promised == found else {
      let ending = name.split(separator: ".").last.map(String.init) ?? ""
      throw VectorError(.endingLies, ["ending": "." + ending, "found": found.rawValue])
    }
    return found
  }

  private static func open(
    _ path: String, _ format: VectorFormat
  ) throws(VectorError) -> GDALDatasetH {
    let options = format == .geoPackage ? ["IMMUTABLE=YES"] : []
    let opened = unsafe OGR.quietly { () -> GDALDatasetH? in
      unsafe GDAL.withList([format.driver]) { drivers in
        unsafe GDAL.withList(options) { options in
          let flags = UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
          return unsafe GDALOpenEx(
            path, flags,
            UnsafeRawPointer(drivers)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self),
            UnsafeRawPointer(options)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self), nil)
        }
      }
    }
    guard let opened = unsafe opened else {
      throw VectorError(
        .cannotOpen, ["format": format.rawValue, "reason": OGR.lastReason])
    }
    return unsafe opened
  }

  // MARK: Layers

  /// Layers that hold geometries. Tables without (styles, say, which QGIS keeps in a GeoPackage)
  /// are no layers of land.
  func layers() -> [(name: String, handle: OGRLayerH)] {
    let count = unsafe GDALDatasetGetLayerCount(handle)
    var out: [(name: String, handle: OGRLayerH)] = unsafe []
    for index in 0..<max(0, count) {
      guard let layer = unsafe GDALDatasetGetLayer(handle, index) else { continue }
      if format == .geoPackage, unsafe OGR_L_GetGeomType(layer) == wkbNone { continue }
      let name = unsafe OGR_L_GetName(layer).map { unsafe String(cString: $0) } ?? ""
      unsafe out.append((name, layer))
    }
    return unsafe out
  }

  /// A file whose features do not add up to what its text shows has lost some on the way.
  func checkCount(_ read: Int) throws(VectorError) {
    guard let placemarks, placemarks != read else { return }
    throw VectorError(.placemarksLost, ["found": String(placemarks), "read": String(read)])
  }
}

/// A file's parts as files that only this process's GDAL sees; gone with the value.
final class MemoryFolder {
  static let root = "/vsimem/raiz-vector-"
  private static let count = Atomic<Int>(0)
  private let folder: String
  private let names: [String]
  private let main: String

  /// - Parameters:
  ///   - parts: bytes by ending.
  ///   - main: the ending of the one to open.
  init(_ parts: [String: [UInt8]], main: String) throws(VectorError) {
    self.main = main
    folder = Self.root + String(Self.count.add(1, ordering: .relaxed).newValue)
    names = parts.keys.sorted()
    for (ending, bytes) in parts {
      let file = unsafe VSIFOpenL("\(folder)/layer.\(ending)", "wb")
      guard let file = unsafe file else {
        throw VectorError(.engine, ["reason": "out of memory"])
      }
      let written = unsafe VSIFWriteL(bytes, 1, bytes.count, file)
      let closed = unsafe VSIFCloseL(file)
      guard written == bytes.count, closed == 0 else {
        throw VectorError(.engine, ["reason": "out of memory"])
      }
    }
  }

  deinit { for ending in names { unsafe VSIUnlink("\(folder)/layer.\(ending)") } }

  var path: String { folder + "/layer." + main }
}

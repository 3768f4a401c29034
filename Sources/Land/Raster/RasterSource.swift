public import ValueTypes

/// A map of classes by its path: a GeoTIFF (COG included), or a VRT that lays GeoTIFFs beside
/// each other. EPSG:4326, north up, whole-number values.
///
/// A value that any thread may hold; each opens the files for itself.
public struct RasterSource: Sendable, Hashable {
  public let path: String
  public let grid: RasterGrid
  /// The value that means "nothing known here"; nil if every value means something.
  public let noData: Int?
  let layout: RasterLayout

  /// Reads what the file says of itself, and checks the members of a mosaic, each of which is
  /// opened once.
  /// - Parameters:
  ///   - band: counted from 1.
  ///   - noData: the value that means "nothing known here", where the file does not say so;
  ///     nil takes the file's own.
  public init(path: String, band: Int = 1, noData: Int? = nil) throws(RasterError) {
    try LocalFile.check(path)
    let layout =
      try MosaicText.isMosaic(path)
      ? MosaicLayout.read(path, band: band, noData: noData)
      : RasterLayout(file: BlockFile(path, band: band), noData: noData)
    (self.path, self.layout) = (path, layout)
    (self.grid, self.noData) = (layout.grid, layout.noData)
  }

  /// The files that hold the values: the file itself, or a mosaic's members in the order of the
  /// VRT, each once.
  public var memberFiles: [String] {
    var seen: Set<String> = []
    return layout.members.map(\.path).filter { seen.insert($0).inserted }
  }

  /// SHA-256 of all that is read. For a GeoTIFF that of its bytes. For a mosaic that of these
  /// lines, each ended by a line feed: `raiz-mosaic/1`, then in lowercase hexadecimal the SHA-256
  /// of the VRT, then that of each of ``memberFiles``.
  public func digest() throws(RasterError) -> SHA256Digest {
    let own = try FileDigest.sha256(path)
    guard layout.isMosaic else { return own }
    var lines = "raiz-mosaic/1\n\(own)\n"
    for member in memberFiles { lines += "\(try FileDigest.sha256(member))\n" }
    return SHA256Digest(hashing: Array(lines.utf8))
  }

  /// Opens it for one thread.
  /// - Parameter cacheBytes: how much memory decoded blocks may hold; one row of blocks across
  ///   a plot is what a small cache should take.
  public func open(cacheBytes: Int = RasterDataset.usualCacheBytes) -> RasterDataset {
    RasterDataset(self, cacheBytes: cacheBytes)
  }
}

/// Overlays a plot on a raster: how many square metres of each class lie under it.
///
/// The part of each cell that the plot covers is exact, and each row of cells has its own
/// area on the ellipsoid. Only additions, multiplications, divisions and roots are used, in a
/// fixed order: the same plot and raster give the same bits on every machine.
public enum Coverage {
  /// How far the coverage's sum may miss the polygon's area, as a share of it.
  public static let sumTolerance = 1e-9

  /// Assesses one plot. Memory does not grow with the raster or the plot: large plots are
  /// worked off in bands of rows. Many plots go through ``Overlay``, which gives the same bits.
  public static func assess(
    _ geometry: PlotGeometry, on raster: RasterDataset, limits: CoverageLimits = CoverageLimits()
  ) throws(CoverageError) -> CoverageResult {
    try unsafe raster.desk.assess(geometry, on: raster, limits: limits)
  }
}

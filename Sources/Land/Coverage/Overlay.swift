/// Overlays many plots on several rasters in one pass, on all cores.
///
/// Plots are taken along a Hilbert curve over the blocks of the finest raster, a stretch of the
/// curve a thread, so that each block is decoded about once. A result depends on its plot and its
/// raster alone: order, threads and memory change no bit.
public enum Overlay {
  public typealias Outcome = Result<CoverageResult, CoverageError>

  /// Assesses each plot on each raster.
  /// - Returns: `results[plot][raster]`, in the order given. An error is about that plot and
  ///   raster alone.
  public static func assess(
    _ plots: [PlotGeometry], on rasters: [RasterSource], threads: Int,
    limits: CoverageLimits = .init()
  ) -> [[Outcome]] {
    guard !plots.isEmpty else { return [] }
    let order = OverlayOrder(rasters, plots)
    let threads = max(1, min(threads, plots.count))
    let schedule = OverlaySchedule(count: plots.count, threads: threads)
    return unsafe [[Outcome]](unsafeUninitializedCapacity: plots.count) { results, count in
      let target = unsafe Target(memory: results)
      OverlayThreads.run(threads) { thread in
        let worker = OverlayWorker(rasters, limits)
        while let stretch = schedule.next(thread) {
          for place in stretch {
            let plot = order[place]
            order.prefetch(min(place &+ 2, stretch.upperBound &- 1))
            // Each place is written once, by one thread.
            unsafe target.memory.initializeElement(at: plot, to: worker.assess(plots[plot]))
          }
        }
      }
      count = plots.count
    }
  }

  /// A key by which plots near each other on the ground are near in order, for callers that take
  /// plots in chunks: the place of the box's middle on a Hilbert curve over the world.
  public static func order(_ box: GeographicBox) -> UInt64 {
    let side = Double(1 << 26)
    let x = ((box.west + box.east) / 2 + 180) / 360 * side
    let y = ((box.south + box.north) / 2 + 90) / 180 * side
    let most = side - 1
    return HilbertCurve.place(
      x: UInt32(min(max(x, 0), most)), y: UInt32(min(max(y, 0), most)), levels: 26)
  }

  @safe
  private struct Target: @unchecked Sendable {
    let memory: UnsafeMutableBufferPointer<[Outcome]>
  }
}

/// One thread's rasters.
private final class OverlayWorker {
  private let rasters: [RasterDataset]
  private let limits: CoverageLimits

  init(_ sources: [RasterSource], _ limits: CoverageLimits) {
    let share = limits.blockCacheBytes / max(1, sources.count)
    rasters = sources.map { $0.open(cacheBytes: share) }
    self.limits = limits
  }

  func assess(_ plot: PlotGeometry) -> [Overlay.Outcome] {
    rasters.map { raster in
      do throws(CoverageError) {
        return .success(try Coverage.assess(plot, on: raster, limits: limits))
      } catch {
        return .failure(error)
      }
    }
  }
}

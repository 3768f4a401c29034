import Glibc
import Land
import Synchronization
import Traceability
import ValueTypes

/// Opens registered maps whose bytes were hashed and found as registered; remembers which, so
/// that a large map is not hashed again for every picture while its file stays as it is.
final class VerifiedMaps: Sendable {
  /// What a change of a file changes.
  private struct State: Hashable {
    let path: String
    let size: Int
    let inode: UInt
    let seconds: Int
    let nanoseconds: Int
  }

  private let store: DatasetStore
  private let verified = Mutex<Set<State>>([])
  /// Vector layers read whole, by the file that they were read from.
  private let layers = Mutex<[State: VectorLayer]>([:])

  init(_ store: DatasetStore) { self.store = store }

  /// - Throws: `ApplicationError.datasetMissing` where the map is not there or has other bytes.
  func open(_ dataset: DatasetRegistered) throws -> RasterDataset {
    let path = store.path(of: dataset.digest)
    let source = try dataset.raster(at: path)
    let before = states(source)
    if !verified.withLock({ $0.isSuperset(of: before) }) {
      try dataset.check(source)
      guard states(source) == before else {
        throw ApplicationError.datasetMissing(dataset.dataset, path: path)
      }
      verified.withLock { $0.formUnion(before) }
    }
    return source.open()
  }

  /// A vector layer, read once for as long as its file stays as it is.
  ///
  /// - Throws: `ApplicationError.datasetMissing` where it is not there or has other bytes.
  func layer(_ dataset: DatasetRegistered) throws -> VectorLayer {
    let path = store.path(of: dataset.digest)
    let before = state(path)
    if let before, let known = layers.withLock({ $0[before] }) { return known }
    let layer = try dataset.vectorLayer(at: path)
    guard let before, state(path) == before else {
      throw ApplicationError.datasetMissing(dataset.dataset, path: path)
    }
    layers.withLock { $0[before] = layer }
    return layer
  }

  /// Of the map's own file, and of a mosaic's members.
  private func states(_ source: RasterSource) -> Set<State> {
    Set(([source.path] + source.memberFiles).compactMap(state))
  }

  private func state(_ path: String) -> State? {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    return State(
      path: path, size: facts.st_size, inode: facts.st_ino, seconds: facts.st_mtim.tv_sec,
      nanoseconds: facts.st_mtim.tv_nsec)
  }
}

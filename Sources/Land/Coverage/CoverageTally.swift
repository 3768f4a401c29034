/// Square metres and cells by class, added up run by run of equal cells.
@safe
struct CoverageTally: ~Copyable {
  private struct Slot {
    var squareMetres: Double
    var cells: Int
  }

  /// A slot a value where values are few; all zero between plots.
  private var memory: RawMemory
  private let lowest: Int
  private let isDirect: Bool
  /// Else a slot as they come.
  private var places: [Int: Int] = [:]
  private var touched: [Int] = []
  private var slots: UnsafeMutablePointer<Slot> {
    unsafe memory.start.assumingMemoryBound(to: Slot.self)
  }
  var outsideSquareMetres = 0.0
  var totalSquareMetres = 0.0

  init(_ type: CellType) {
    lowest = type == .int16 ? Int(Int16.min) : 0
    isDirect = type != .int32
    let values = type == .uint8 ? 1 << 8 : isDirect ? 1 << 16 : 1 << 8
    memory = RawMemory(bytes: values * MemoryLayout<Slot>.stride)
  }

  @inline(__always)
  mutating func add(_ value: Int, squareMetres: Double, cells: Int) {
    let place = isDirect ? value &- lowest : slot(of: value)
    let slot = unsafe slots + place
    if unsafe slot.pointee.cells == 0 { note(value) }
    unsafe slot.pointee.squareMetres += squareMetres
    unsafe slot.pointee.cells += cells
  }

  @inline(never)
  private mutating func note(_ value: Int) { touched.append(value) }

  @inline(never)
  private mutating func slot(of value: Int) -> Int {
    if let place = places[value] { return place }
    let place = places.count
    places[value] = place
    let bytes = MemoryLayout<Slot>.stride * (place + 1)
    if bytes > memory.bytes { grow(bytes) }
    return place
  }

  private mutating func grow(_ bytes: Int) {
    let old = places.count - 1
    var larger = RawMemory(bytes: bytes * 2)
    unsafe larger.start.copyMemory(
      from: memory.start, byteCount: old * MemoryLayout<Slot>.stride)
    swap(&memory, &larger)
  }

  /// Forgets all.
  mutating func clear() {
    for value in touched {
      let place = isDirect ? value - lowest : places[value] ?? 0
      unsafe slots[place] = Slot(squareMetres: 0, cells: 0)
    }
    touched.removeAll(keepingCapacity: true)
    if !isDirect { places.removeAll(keepingCapacity: true) }
    (outsideSquareMetres, totalSquareMetres) = (0, 0)
  }

  /// What was added, and forgets it.
  mutating func take(noData: Int?, cells: Double) -> CoverageResult {
    touched.sort()
    var classes: [ClassCover] = []
    classes.reserveCapacity(touched.count)
    var noDataSquareMetres = 0.0
    for value in touched {
      let place = isDirect ? value - lowest : places[value] ?? 0
      let slot = unsafe slots[place]
      if value == noData {
        noDataSquareMetres = slot.squareMetres
      } else {
        classes.append(
          ClassCover(value: value, squareMetres: slot.squareMetres, cells: slot.cells))
      }
    }
    let result = CoverageResult(
      covers: classes, noDataSquareMetres: noDataSquareMetres,
      outsideSquareMetres: outsideSquareMetres, totalSquareMetres: totalSquareMetres,
      cells: cells)
    clear()
    return result
  }
}

/// The blocks that were decoded last, and the files that they come from, for one thread.
@safe
final class BlockCache {
  /// Files open at once: a country's mosaic must not use up the descriptors.
  private static let mostFiles = 64
  private static let fewestBlocks = 4
  /// Plots are taken near each other, so few blocks are needed again; and memory that stays in the
  /// processor's cache is written several times faster than memory that is new.
  private static let usualBytes = 1 << 21
  /// Cells around a place whose blocks are kept in any case: of a file in strips they are many.
  private static let neighbourhood = 256

  private final class Slot {
    var memory: RawMemory
    var key = -1
    var usedAt = 0
    /// A block is decoded whole before its cells are read.
    init(bytes: Int) { memory = RawMemory(uninitializedBytes: bytes) }
  }

  private let members: [RasterMember]
  private let type: CellType
  private let bytes: Int
  private var files: [BlockFile?]
  private var fileUsedAt: [Int]
  private var openFiles = 0
  private var slots: [Slot] = []
  private var held = 0
  private var places: [Int: Int] = [:]
  private var lastKey = -1
  private var lastCells: UnsafeMutableRawPointer?
  private var time = 0

  /// Blocks decoded so far.
  private(set) var decoded = 0

  init(_ layout: RasterLayout, bytes: Int) {
    self.members = layout.members
    self.type = layout.type
    self.bytes = bytes
    files = layout.members.map { _ in nil }
    fileUsedAt = layout.members.map { _ in 0 }
  }

  func file(_ member: Int) throws(RasterError) -> BlockFile {
    if let file = files[member] { return file }
    if openFiles == Self.mostFiles { closeOldest() }
    let wanted = members[member]
    let file = try BlockFile(wanted.path, band: wanted.band)
    // As it was when the raster was described: cells are found by that.
    guard file.type == type, file.grid.window.contains(wanted.fileWindow) else {
      throw .cannotRead(path: wanted.path, reason: "it is another file than before")
    }
    files[member] = file
    openFiles += 1
    time += 1
    fileUsedAt[member] = time
    return file
  }

  private func closeOldest() {
    let open = files.indices.filter { files[$0] != nil }
    guard let oldest = open.min(by: { fileUsedAt[$0] < fileUsedAt[$1] }) else { return }
    files[oldest] = nil
    openFiles -= 1
  }

  /// The cells of the block that was asked for last, if it is this one.
  @inline(__always)
  func last(_ member: Int, _ place: Int) -> UnsafeMutableRawPointer? {
    unsafe lastKey == Self.key(member, place) ? lastCells : nil
  }

  private static func key(_ member: Int, _ place: Int) -> Int { (member << 40) | place }

  /// A block's cells, good until the next call.
  func block(
    _ member: Int, _ file: BlockFile, column: Int, row: Int
  ) throws(RasterError) -> UnsafeMutableRawPointer {
    let key = Self.key(member, row * file.blocksAcross + column)
    if lastKey == key, let lastCells = unsafe lastCells { return unsafe lastCells }
    time += 1
    if let place = places[key] {
      let slot = slots[place]
      slot.usedAt = time
      return unsafe remember(key, slot)
    }
    let place = freeSlot(file)
    let slot = slots[place]
    slot.usedAt = time
    fileUsedAt[member] = time
    lastKey = -1
    try unsafe file.read(blockColumn: column, blockRow: row, into: slot.memory.start)
    decoded += 1
    slot.key = key
    places[key] = place
    return unsafe remember(key, slot)
  }

  private func remember(_ key: Int, _ slot: Slot) -> UnsafeMutableRawPointer {
    let cells = unsafe slot.memory.start
    lastKey = key
    unsafe lastCells = cells
    return unsafe cells
  }

  /// The most that a file's blocks are worth holding.
  private func room(for file: BlockFile) -> Int {
    let across = (Self.neighbourhood + file.blockColumns - 1) / file.blockColumns + 1
    let down = (Self.neighbourhood + file.blockRows - 1) / file.blockRows + 1
    return min(bytes, max(Self.usualBytes, across * down * file.blockBytes))
  }

  /// A new slot while memory allows, else the one not used for longest.
  private func freeSlot(_ file: BlockFile) -> Int {
    let wanted = file.blockBytes
    if slots.count < Self.fewestBlocks || held + wanted <= room(for: file) {
      slots.append(Slot(bytes: wanted))
      held += wanted
      return slots.count - 1
    }
    var oldest = 0
    for index in slots.indices where slots[index].usedAt < slots[oldest].usedAt { oldest = index }
    let slot = slots[oldest]
    places[slot.key] = nil
    slot.key = -1
    let before = slot.memory.bytes
    slot.memory.reserve(wanted)
    held += slot.memory.bytes - before
    return oldest
  }
}

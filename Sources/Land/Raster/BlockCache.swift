/// The blocks that were decoded last, and the files that they come from, for one thread.
@safe
final class BlockCache {
  /// Files open at once: a country's mosaic must not use up the descriptors.
  private static let mostFiles = 64
  private static let fewestBlocks = 4

  private final class Slot {
    var memory: RawMemory
    var key = -1
    var usedAt = 0
    init(bytes: Int) { memory = RawMemory(bytes: bytes) }
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
  private var last: Slot?
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

  /// A block's cells, good until the next call.
  func block(
    _ member: Int, _ file: BlockFile, column: Int, row: Int
  ) throws(RasterError) -> UnsafeMutableRawPointer {
    let key = (member << 40) | (row * file.blocksAcross + column)
    if let last, last.key == key { return unsafe last.memory.start }
    time += 1
    if let place = places[key] {
      let slot = slots[place]
      slot.usedAt = time
      last = slot
      return unsafe slot.memory.start
    }
    let place = freeSlot(file.blockBytes)
    let slot = slots[place]
    slot.usedAt = time
    fileUsedAt[member] = time
    last = nil
    try unsafe file.read(blockColumn: column, blockRow: row, into: slot.memory.start)
    decoded += 1
    slot.key = key
    places[key] = place
    last = slot
    return unsafe slot.memory.start
  }

  /// A new slot while memory allows, else the one not used for longest.
  private func freeSlot(_ wanted: Int) -> Int {
    if slots.count < Self.fewestBlocks || held + wanted <= bytes {
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

/// Numbers for codes and codes for numbers: texts in one arena, found through one flat hash table.
///
/// A key is a kind and the UTF-8 bytes of a code; numbers go from 0 in the order of adding.
public struct CodeTable: Sendable {
  private var arena: [UInt8] = []
  /// By number, where its text ends; it begins where the one before ends.
  private var ends: [UInt32] = []
  private var kinds: [UInt8] = []
  /// Open addressing: number + 1; 0 is free.
  private var slots = [UInt32](repeating: 0, count: 16)
  private let seed: UInt64
  /// Whether no text holds a control, a quote or a backslash, so that JSON takes each as it is.
  public private(set) var arePlain = true

  /// - Parameter seed: drawn at random, so that nobody can choose codes that all collide.
  public init(seed: UInt64) { self.seed = seed }

  public var count: Int { ends.count }

  /// Bytes held, with the slack of the arrays.
  public var bytes: Int {
    arena.capacity + 4 * (ends.capacity + slots.capacity) + kinds.capacity
  }

  /// Makes room for so many codes.
  public mutating func reserve(_ codes: Int, bytes: Int) {
    arena.reserveCapacity(bytes)
    ends.reserveCapacity(codes)
    kinds.reserveCapacity(codes)
    while codes * 4 > slots.count * 3 { grow() }
  }

  /// The number of a code, which is given one where it is new.
  ///
  /// - Throws: `GraphFull` past 4 GiB of texts.
  public mutating func number(
    adding code: Span<UInt8>, kind: UInt8
  ) throws(GraphFull) -> (number: UInt32, isNew: Bool) {
    if (count + 1) * 4 > slots.count * 3 { grow() }
    let slot = slot(of: code, kind)
    if slots[slot] != 0 { return (slots[slot] - 1, false) }
    guard let end = UInt32(exactly: arena.count + code.count),
      let number = UInt32(exactly: count), number < CustodyGraph.found
    else { throw GraphFull() }
    if arena.capacity < Int(end) { arena.reserveCapacity(Int(end) + arena.count / 8 + 256) }
    for index in code.indices {
      arena.append(code[index])
      arePlain = arePlain && Self.isPlain(code[index])
    }
    ends.appendSnugly(end)
    kinds.appendSnugly(kind)
    slots[slot] = number + 1
    return (number, true)
  }

  public func number(of code: Span<UInt8>, kind: UInt8) -> UInt32? {
    let held = slots[slot(of: code, kind)]
    return held == 0 ? nil : held - 1
  }

  public func number(of code: String, kind: UInt8) -> UInt32? {
    let bytes = Array(code.utf8)
    return number(of: bytes.span, kind: kind)
  }

  /// The UTF-8 bytes of a number's code.
  public func code(_ number: UInt32) -> ArraySlice<UInt8> { arena[range(number)] }

  /// All texts, one after the other; a number's is at `range`.
  @inline(__always)
  public func withTexts<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(arena.span) }

  public func text(_ number: UInt32) -> String { String(decoding: code(number), as: UTF8.self) }

  /// Whether one number's code comes before another's, byte by byte.
  public func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    let (one, other) = (range(left), range(right))
    for offset in 0..<min(one.count, other.count) {
      let (a, b) = (arena[one.lowerBound + offset], arena[other.lowerBound + offset])
      if a != b { return a < b }
    }
    return one.count < other.count
  }

  /// The first sixteen bytes of a number's code, the first the highest: codes that differ there
  /// are in the order of these.
  public func start(of number: UInt32) -> UInt128 {
    var start: UInt128 = 0
    let range = range(number)
    for offset in 0..<16 {
      start = start << 8
      if offset < range.count { start |= UInt128(arena[range.lowerBound + offset]) }
    }
    return start
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Where a number's code lies in all texts.
  public func range(_ number: UInt32) -> Range<Int> {
    (number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])
  }

  /// Where the code stands, or the free slot where it belongs.
  private func slot(of code: Span<UInt8>, _ kind: UInt8) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(code, kind)) & mask
    while slots[slot] != 0, !holds(slots[slot] - 1, code, kind) { slot = (slot + 1) & mask }
    return slot
  }

  /// Whether a number was given for this code.
  public func holds(_ number: UInt32, _ code: Span<UInt8>, _ kind: UInt8) -> Bool {
    let range = range(number)
    guard range.count == code.count, kinds[Int(number)] == kind else { return false }
    for index in code.indices where arena[range.lowerBound + index] != code[index] {
      return false
    }
    return true
  }

  /// Eight bytes a step, folded by a 128-bit product (as in wyhash) under the seed.
  private func hash(_ code: Span<UInt8>, _ kind: UInt8) -> UInt64 {
    var state = seed ^ (UInt64(kind) << 56 | UInt64(code.count))
    var word: UInt64 = 0
    for index in code.indices {
      word = word << 8 | UInt64(code[index])
      if index & 7 == 7 { (state, word) = (Self.fold(state ^ word), 0) }
    }
    return Self.fold(state ^ word)
  }

  private static func fold(_ value: UInt64) -> UInt64 {
    let wide = (value ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x8BB8_4B93_962E_ACC9)
    return wide.high ^ wide.low
  }

  private mutating func grow() {
    let wider = hashed(into: slots.count * 2)
    slots = wider
  }

  private func hashed(into size: Int) -> [UInt32] {
    var slots = [UInt32](repeating: 0, count: size)
    let texts = arena.span
    for number in ends.indices {
      let code = texts.extracting(range(UInt32(number)))
      var slot = Int(truncatingIfNeeded: hash(code, kinds[number])) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(number) + 1
    }
    return slots
  }
}

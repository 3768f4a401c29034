import Traceability

/// Other orders of the same history.
enum Reordering {
  /// The steps' places in another order. A step stays after each one that wrote what it looks at,
  /// and before each one that writes what it looked at.
  static func independent(_ steps: [RandomHistory.Step], _ random: inout Random) -> [Int] {
    var after: [[Int]] = Array(repeating: [], count: steps.count)
    var waits = Array(repeating: 0, count: steps.count)
    var writer: [StreamKey: Int] = [:]
    var readers: [StreamKey: [Int]] = [:]
    for (index, step) in steps.enumerated() {
      let writes = Set(step.events.map(\.stream))
      var causes: Set<Int> = []
      for stream in step.reads.union(writes) {
        if let last = writer[stream] { causes.insert(last) }
      }
      for stream in writes {
        causes.formUnion(readers[stream] ?? [])
        writer[stream] = index
        readers[stream] = []
      }
      for stream in step.reads { readers[stream, default: []].append(index) }
      causes.remove(index)
      waits[index] = causes.count
      for cause in causes { after[cause].append(index) }
    }
    var ready = waits.indices.filter { waits[$0] == 0 }
    var order: [Int] = []
    while !ready.isEmpty {
      let index = ready.remove(at: random.below(ready.count))
      order.append(index)
      for next in after[index] {
        waits[next] -= 1
        if waits[next] == 0 { ready.append(next) }
      }
    }
    return order
  }

  /// The facts one by one in another order, acts torn apart: only each stream keeps its own.
  static func torn(_ events: [NewEvent], _ random: inout Random) -> [NewEvent] {
    var streams: [StreamKey: [NewEvent]] = [:]
    for event in events { streams[event.stream, default: []].append(event) }
    var waiting = streams.sorted { $0.key.description < $1.key.description }.map { $0.value[...] }
    var torn: [NewEvent] = []
    while !waiting.isEmpty {
      let index = random.below(waiting.count)
      torn.append(waiting[index].removeFirst())
      if waiting[index].isEmpty { waiting.remove(at: index) }
    }
    return torn
  }
}

import Foundation

/// Pure work on many things, shared out over the cores.
package enum CoreSlices {
  /// Fewer are done at once: handing them to other threads would cost more than it gains.
  private static let least = 64

  /// What `body` makes of each, in the order given.
  ///
  /// - Throws: what `body` throws for the first of a slice, and `CancellationError`.
  package static func map<Item: Sendable, Made: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Made
  ) async throws -> [Made] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let size = max(least, (items.count + cores - 1) / cores)
    guard items.count > size else { return try await made(items[...], body) }
    return try await withThrowingTaskGroup(of: (start: Int, made: [Made]).self) { group in
      for start in stride(from: 0, to: items.count, by: size) {
        let slice = items[start..<min(start + size, items.count)]
        group.addTask { (start, try await made(slice, body)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
        .sorted { $0.start < $1.start }.flatMap(\.made)
    }
  }

  private static func made<Item: Sendable, Made: Sendable>(
    _ items: ArraySlice<Item>, _ body: @Sendable (Item) async throws -> Made
  ) async throws -> [Made] {
    var out: [Made] = []
    out.reserveCapacity(items.count)
    for item in items { out.append(try await body(item)) }
    return out
  }
}

import ReadModels
import Testing

/// Work shared out over the cores.
@Suite struct CoreSlicesTests {
  @Test(arguments: [0, 1, 63, 64, 65, 128, 129, 1_000])
  func `given things when made in slices then all come, in their order`(count: Int) async throws {
    let made = try await CoreSlices.map(Array(0..<count)) { $0 * 2 }
    #expect(made == (0..<count).map { $0 * 2 })
  }

  private struct Bad: Error, Equatable {
    let item: Int
  }

  @Test func `given one that fails when made in slices then its error comes`() async {
    await #expect(throws: Bad(item: 777)) {
      try await CoreSlices.map(Array(0..<1_000)) { item in
        if item == 777 { throw Bad(item: item) }
      }
    }
  }
}

import SampleData
import Testing

@Suite struct OptionTests {
  @Test(arguments: [(49, 2), (1_000_001, 2), (300, 0), (300, 5)])
  func `given options out of range then they are refused`(plots: Int, seasons: Int) {
    let error = #expect(throws: SampleError.self) {
      try SampleOptions(plots: plots, seasons: seasons)
    }
    #expect(error?.code == "sample-out-of-range")
  }
}

/// A small generator with a seed: the same history each time a test runs.
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 11) % bound }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

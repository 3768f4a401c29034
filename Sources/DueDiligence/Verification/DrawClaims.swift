import Traceability

/// Matches every draw with what it became, so that no gram of it is used twice.
struct DrawClaims {
  private struct Route: Hashable {
    let source: LotCode
    let target: StreamKey
  }

  private struct Draw {
    let purpose: DrawPurpose
    let targets: Set<StreamKey>
    let grams: Int64
    var left: Int64
    /// The run that the draw fed, once one of its outputs is known.
    var outputs: [LotProcessed.Output]?
  }

  private var draws: [Draw] = []
  private var routes: [Route: [Int]] = [:]

  mutating func add(_ event: LotDrawn) {
    let targets = Set(event.into)
    for target in targets {
      routes[Route(source: event.lot, target: target), default: []].append(draws.count)
    }
    draws.append(
      Draw(
        purpose: event.purpose, targets: targets, grams: event.grams.value,
        left: event.grams.value, outputs: nil))
  }

  /// Uses a draw of exactly this mass up; false where there is none.
  mutating func take(_ input: LotDraw, _ purpose: DrawPurpose, into target: StreamKey) -> Bool {
    use(input, into: target) { draw in
      guard draw.purpose == purpose, draw.grams == input.grams.value, draw.left == draw.grams
      else { return false }
      draw.left = 0
      return true
    }
  }

  /// Uses a part of a split's draw, which is made once for all parts.
  mutating func takePart(_ input: LotDraw, into target: StreamKey) -> Bool {
    use(input, into: target) { draw in
      guard draw.purpose == .split, draw.left >= input.grams.value else { return false }
      draw.left -= input.grams.value
      return true
    }
  }

  /// Uses a draw that fed a process. Every output of the run carries the whole run, and all must
  /// tell it alike.
  mutating func takeRun(
    _ input: LotDraw, _ outputs: [LotProcessed.Output], into target: StreamKey
  ) -> Bool {
    use(input, into: target) { draw in
      guard draw.purpose == .process, draw.grams == input.grams.value,
        draw.targets == Set(outputs.map { .lot($0.lot) }),
        draw.outputs == nil || draw.outputs == outputs
      else { return false }
      draw.outputs = outputs
      return true
    }
  }

  private mutating func use(
    _ input: LotDraw, into target: StreamKey, _ body: (inout Draw) -> Bool
  ) -> Bool {
    for index in routes[Route(source: input.lot, target: target)] ?? [] {
      if body(&draws[index]) { return true }
    }
    return false
  }
}

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
    var grams: Int64
    var left: Int64
    /// The run that the draw fed, once one of its outputs is known.
    var outputs: [LotProcessed.Output]?
  }

  private var draws: [Draw] = []
  private var routes: [Route: [Int]] = [:]
  private var known: [EventReference: Int] = [:]

  mutating func add(_ event: LotDrawn, _ version: Int64) {
    known[EventReference(stream: .lot(event.lot), version: version)] = draws.count
    let targets = Set(event.into)
    for target in targets {
      routes[Route(source: event.lot, target: target), default: []].append(draws.count)
    }
    draws.append(
      Draw(
        purpose: event.purpose, targets: targets, grams: event.grams.value,
        left: event.grams.value, outputs: nil))
  }

  /// Uses what a founding act claims of one input; false where no draw bears it out.
  mutating func take(
    _ input: LotDraw, _ origin: LotOrigin, into target: StreamKey
  ) -> Bool {
    switch origin {
    case .purchased: take(input, .purchase, into: target)
    case .blended: take(input, .blend, into: target)
    case .split: takePart(input, into: target)
    case .processed(let event): takeRun(input, event.outputs, into: target)
    case .harvested, .tapped: false
    }
  }

  /// Gives back what a founding act had claimed, so that its correction can claim anew.
  mutating func release(_ origin: LotOrigin, into target: StreamKey) {
    for input in origin.inputs {
      for index in routes[Route(source: input.lot, target: target)] ?? [] {
        if case .processed(let event) = origin {
          if draws[index].outputs == event.outputs { draws[index].outputs = nil }
        } else {
          draws[index].left += input.grams.value
        }
        break
      }
    }
  }

  /// A draw's mass was another; false where there is no such draw.
  mutating func correct(_ draw: EventReference, to grams: Grams) -> Bool {
    guard let index = known[draw] else { return false }
    draws[index].left += grams.value - draws[index].grams
    draws[index].grams = grams.value
    return true
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
      guard draw.purpose == .split || draw.purpose == .returned,
        draw.left >= input.grams.value
      else { return false }
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

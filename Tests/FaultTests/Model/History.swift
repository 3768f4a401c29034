/// What clients asked and were told, and when: the moments of all clients are in one order.
struct History: Sendable {
  struct Call: Sendable {
    let commit: ModelLedger.Commit
    let began: Int
    let ended: Int
    let answer: ModelLedger.Answer
  }

  let calls: [Call]
  /// The commits in the log, in its order: key and number of events.
  let log: [(key: String, data: String, count: Int)]

  /// Answers that no order of the commits explains, in words.
  ///
  /// The log's positions are that order. Each commit in it must have been acceptable in its turn;
  /// each call that recorded nothing must get its answer from some state between the last one that
  /// ended before it began and the first one that began after it ended.
  func problems() -> [String] {
    var problems: [String] = []
    var states = [ModelLedger()]
    var owners: [Int] = []
    for entry in log {
      let state = states[states.count - 1]
      let candidates = calls.indices.filter { index in
        let call = calls[index]
        return call.commit.key == entry.key && call.commit.data == entry.data
          && call.commit.streams.count == entry.count
          && (call.answer == .unknown || call.answer == .accepted(at: state.size))
      }
      // One that was told so comes before one that nobody told anything.
      let told = candidates.first { calls[$0].answer != .unknown }
      guard let owner = told ?? candidates.first(where: { isDue(calls[$0].commit, state) }) else {
        return problems + ["nobody asked for \(entry.key) at \(state.size)"]
      }
      let commit = calls[owner].commit
      if !isDue(commit, state) {
        problems.append("\(commit) should have been \(state.answer(commit))")
      }
      var next = state
      next.record(commit)
      states.append(next)
      owners.append(owner)
    }
    for (index, call) in calls.enumerated() where call.answer != .unknown {
      problems += explain(index, call, states, owners)
    }
    return problems
  }

  private func isDue(_ commit: ModelLedger.Commit, _ state: ModelLedger) -> Bool {
    state.answer(commit) == .accepted(at: state.size)
  }

  private func explain(
    _ index: Int, _ call: Call, _ states: [ModelLedger], _ owners: [Int]
  ) -> [String] {
    let known = owners.enumerated().filter { calls[$0.element].answer != .unknown }
    let earliest = known.last { calls[$0.element].ended < call.began }.map { $0.offset + 1 } ?? 0
    let latest = known.first { calls[$0.element].began > call.ended }?.offset ?? owners.count
    guard earliest <= latest else {
      return ["the order of the log contradicts time around \(call)"]
    }
    if case .accepted(let position) = call.answer {
      guard let place = owners.firstIndex(of: index), states[place].size == position else {
        return ["\(call) is not in the log"]
      }
      return (earliest...latest).contains(place) ? [] : ["\(call) is out of time"]
    }
    let fits = (earliest...latest).contains { states[$0].answer(call.commit) == call.answer }
    return fits ? [] : ["nothing explains \(call)"]
  }
}

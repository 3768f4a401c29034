/// Which faults, in which order: every step with every action, as evenly as the number allows. As
/// many in a row as there are steps meet each step once.
enum FaultPlan {
  static func faults(
    _ count: Int, at steps: [FaultStep], using random: inout some RandomNumberGenerator
  ) -> [Fault] {
    var plan: [Fault] = []
    while plan.count < count {
      let actions = steps.map { _ in FaultAction.passing.shuffled(using: &random) }
      for turn in FaultAction.passing.indices {
        plan += zip(steps, actions).map { Fault(step: $0, action: $1[turn]) }
          .shuffled(using: &random)
      }
    }
    return plan.prefix(count).map { fault in
      var fault = fault
      fault.messages = Int.random(in: 0...24, using: &random)
      // Some longer than a client waits: it repeats its key while the first try is under way.
      fault.milliseconds = [30, 200, 600, 2_000].randomElement(using: &random) ?? 30
      return fault
    }
  }

  /// The same in little time: short stalls, and the database ends once.
  static func brief(
    _ count: Int, at steps: [FaultStep], using random: inout some RandomNumberGenerator
  ) -> [Fault] {
    var hasEnded = false
    return faults(count, at: steps, using: &random).map { fault in
      var fault = fault
      fault.milliseconds = min(fault.milliseconds, 200)
      if fault.action.endsDatabase, hasEnded { fault.action = .killBackend }
      hasEnded = hasEnded || fault.action.endsDatabase
      return fault
    }
  }
}

/// Which faults, in which order: every step with every action, as evenly as the number allows.
enum FaultPlan {
  static func faults(
    _ count: Int, using random: inout some RandomNumberGenerator
  ) -> [Fault] {
    var plan: [Fault] = []
    while plan.count < count {
      let round = FaultStep.allCases.flatMap { step in
        FaultAction.passing.map { Fault(step: step, action: $0) }
      }
      plan += round.shuffled(using: &random)
    }
    return plan.prefix(count).map { fault in
      var fault = fault
      fault.messages = Int.random(in: 0...24, using: &random)
      // Some longer than a client waits: it repeats its key while the first try is under way.
      fault.milliseconds = [30, 200, 600, 2_000].randomElement(using: &random) ?? 30
      return fault
    }
  }
}

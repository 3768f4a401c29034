import ValueTypes

/// A process run stands, whole, in the stream of each of its outputs: all are corrected together.
extension Decision {
  mutating func correct(
    _ event: LotProcessed, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    try requireActor(event.holder, act)
    guard act.isVoid || act.inputs != nil || act.outputs != nil else {
      throw Self.wrongFields(act, "inputs, outputs")
    }
    let into = event.outputs.map { StreamKey.lot($0.lot) }
    if act.isVoid {
      try redraw(
        from: event.inputs, to: [], .process, into: into, holder: lot.origin.holder,
        product: nil, act)
      for output in event.outputs { record(try self.lot(output.lot), as: nil, act) }
      return
    }
    let inputs = act.inputs ?? event.inputs
    let outputs = act.outputs ?? event.outputs
    guard outputs.map(\.lot) == event.outputs.map(\.lot),
      outputs.map(\.product) == event.outputs.map(\.product), !inputs.isEmpty
    else { throw Self.wrongFields(act, "inputs, outputs") }
    let input = try total(inputs.map(\.grams), lot.stream)
    let output = try total(outputs.map(\.grams), lot.stream)
    guard let loss = input.subtracting(output) else {
      throw Refusal(
        .outputExceedsInput, lot.stream,
        ["input": input.description, "output": output.description])
    }
    try redraw(
      from: event.inputs, to: inputs, .process, into: into, holder: lot.origin.holder,
      product: inputs.first.flatMap { world.lots[$0.lot]?.product }, act)
    var references: [EventReference] = []
    for part in outputs {
      try requireMass(part.grams, .lot(part.lot))
      let corrected = LotProcessed(
        lot: part.lot, holder: event.holder, process: event.process, product: part.product,
        grams: part.grams, inputs: inputs, outputs: outputs, lossGrams: loss)
      let reference = record(try self.lot(part.lot), as: .processed(corrected), act)
      references += [reference].compactMap { $0 }
    }
    guard let process = context.catalogue.process(event.process), !references.isEmpty else {
      return
    }
    checkConversion(
      .init(process: event.process, holder: event.holder, inputs: inputs, outputs: outputs),
      process, input: input, restsOn: references)
  }
}

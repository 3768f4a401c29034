import ValueTypes

extension Decision {
  mutating func process(_ act: Command.ProcessRun) throws(Refusal) {
    guard let firstOutput = act.outputs.first else {
      throw Refusal(.nothingGiven, .organisation(act.holder))
    }
    let stream = StreamKey.lot(firstOutput.lot)
    guard let process = context.catalogue.process(act.process) else {
      throw Refusal(.unknownProcess, stream, ["code": act.process.text])
    }
    guard !act.inputs.isEmpty else { throw Refusal(.nothingGiven, stream) }
    try requireDistinct(act.outputs.map { LotDraw(lot: $0.lot, grams: $0.grams) }, stream)
    let input = try total(act.inputs.map(\.grams), stream)
    let output = try total(act.outputs.map(\.grams), stream)
    guard let loss = input.subtracting(output) else {
      throw Refusal(
        .outputExceedsInput, stream,
        ["input": input.description, "output": output.description])
    }
    let events = act.outputs.map { part in
      LotProcessed(
        lot: part.lot, holder: act.holder, process: act.process, product: part.product,
        grams: part.grams, inputs: act.inputs, outputs: act.outputs, lossGrams: loss)
    }
    if events.allSatisfy({ isKnown($0.lot, as: .processed($0)) }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    try require(act.holder)
    for event in events { try check(event, process) }
    let harvested = oldestHarvest(act.inputs)
    try drawForProcess(act, process, into: events.map { .lot($0.lot) })
    let references = events.map { add(.lotProcessed($0)) }
    checkConversion(act, process, input: input, restsOn: references)
    checkFreshness(
      inputProduct(act.inputs), harvested, on: events.map { .lot($0.lot) }, restsOn: references)
    noteLateRecord(stream, references[0])
  }

  private func check(_ event: LotProcessed, _ process: Catalogue.Process) throws(Refusal) {
    guard origin(of: event.lot) == nil else {
      throw Refusal(.codeUsed, .lot(event.lot), ["code": event.lot.text])
    }
    try requireMass(event.grams, .lot(event.lot))
    guard process.products.contains(event.product) else {
      throw Refusal(
        .wrongProductForProcess, .lot(event.lot),
        ["product": event.product.text, "process": process.code.text])
    }
  }

  private mutating func drawForProcess(
    _ act: Command.ProcessRun, _ process: Catalogue.Process, into: [StreamKey]
  ) throws(Refusal) {
    for input in act.inputs {
      let product = try lot(input.lot).product
      guard process.inputs.contains(product) else {
        throw Refusal(
          .wrongProductForProcess, .lot(input.lot),
          ["product": product.text, "process": process.code.text])
      }
    }
    try draw(
      act.inputs, .process, into: into, holder: .organisation(act.holder), product: nil)
  }

  private func inputProduct(_ inputs: [LotDraw]) -> Catalogue.Product? {
    inputs.first.flatMap { world.lots[$0.lot] }.flatMap { context.catalogue.product($0.product) }
  }
}

import ValueTypes

extension Decision {
  /// A cause, where one is given, is of the catalogue and explains what was found.
  func requireCause(
    _ code: CauseCode?, from before: Grams, to after: Grams, _ stream: StreamKey
  ) throws(Refusal) {
    guard let code else { return }
    guard let cause = try? AdjustmentCauses.shipped().cause(code) else {
      throw Refusal(.unknownCause, stream, ["code": code.text])
    }
    guard (after >= before || cause.loses) && (after <= before || cause.finds) else {
      throw Refusal(
        .causeDiffers, stream,
        [
          "code": code.text, "before": before.description, "after": after.description,
        ])
    }
  }
}

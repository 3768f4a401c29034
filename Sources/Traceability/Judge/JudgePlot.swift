import ValueTypes

/// Judges by a policy over what a world knows; pure, so that a stranger can judge again.
public struct Judge: Sendable {
  let world: World
  public let policy: Policy

  public init(world: World, policy: Policy) {
    self.world = world
    self.policy = policy
  }

  public func judge(plot code: PlotCode) -> Judgement {
    Judgement(subject: .plot(code), policy: policy, reasons: reasons(plot: code))
  }

  /// What keeps a plot from being proven; none means that it is.
  public func reasons(plot code: PlotCode) -> [Reason] {
    let stream = StreamKey.plot(code)
    guard let plot = world.plots[code] else {
      return [Reason(.plotUnknown, .insufficientEvidence, stream)]
    }
    var reasons = holding(on: stream, except: mapDoubtFindings(plot))
    let registered = EventReference(stream: stream, version: 1)
    if plot.registered.producer == nil {
      reasons.append(
        Reason(.producerUnknown, .insufficientEvidence, stream, restsOn: [registered]))
    }
    if plot.registered.geometry.form == .point,
      plot.registered.squareMetres > policy.pointLimitSquareMetres
        || plot.registered.squareMetres <= 0
    {
      reasons.append(
        Reason(
          .pointTooLarge, .insufficientEvidence, stream,
          figures: ["hectares": Wording.hectares(plot.registered.squareMetres)],
          restsOn: [registered]))
    }
    if !plot.tenure.contains(where: { policy.tenure.contains($0.value.kind) }) {
      reasons.append(
        Reason(
          .tenureMissing, .insufficientEvidence, stream,
          figures: ["accepted": policy.tenure.map(\.rawValue).joined(separator: ", ")],
          restsOn: [registered]))
    }
    return reasons + mapReasons(plot)
  }

  private func mapReasons(_ plot: PlotState) -> [Reason] {
    let stream = plot.stream
    guard let assessment = plot.assessment else {
      return [
        Reason(
          .notAssessed, .insufficientEvidence, stream,
          restsOn: [EventReference(stream: stream, version: 1)])
      ]
    }
    let reference = EventReference(stream: stream, version: assessment.version)
    guard assessment.value.geometryDigest == plot.registered.geometry.digest else {
      return [
        Reason(
          .assessmentOfOtherGeometry, .insufficientEvidence, stream, restsOn: [reference])
      ]
    }
    var reasons: [Reason] = []
    for kind in policy.requiredDatasets
    where !assessment.value.results.contains(where: { $0.kind == kind }) {
      reasons.append(
        Reason(
          .datasetMissing, .insufficientEvidence, stream, figures: ["kind": kind.rawValue],
          restsOn: [reference]))
    }
    for result in assessment.value.results {
      reasons += mapLimits(result, stream, reference)
    }
    let evidence = MapEvidence(
      assessment.value, plot: plot.registered, datasets: world.datasets)
    for doubt in evidence.doubts(under: policy) {
      reasons += weigh(doubt, stream, reference)
    }
    return reasons
  }

  private func mapLimits(
    _ result: DatasetResult, _ stream: StreamKey, _ reference: EventReference
  ) -> [Reason] {
    var reasons: [Reason] = []
    if world.datasets[result.dataset]?.digest != result.datasetDigest
      || world.datasets[result.dataset]?.kind != result.kind
    {
      reasons.append(
        Reason(
          .datasetUnknown, .insufficientEvidence, stream,
          figures: ["map": result.dataset.text], restsOn: [reference]))
    }
    let unseen = result.outsideSquareMetres + result.noDataSquareMetres
    if unseen > policy.toleranceSquareMetres || result.squareMetres <= 0 {
      reasons.append(
        Reason(
          .outsideMap, .insufficientEvidence, stream,
          figures: ["map": result.dataset.text, "hectares": Wording.hectares(unseen)],
          restsOn: [reference]))
    }
    return reasons
  }

  /// A doubt that a person has answered with evidence no longer counts; one found right bars.
  private func weigh(
    _ doubt: MapEvidence.Doubt, _ stream: StreamKey, _ reference: EventReference
  ) -> [Reason] {
    let finding = (world.findingsOn[stream] ?? []).compactMap { world.findings[$0] }
      .first { $0.raised.kind == doubt.kind && $0.raised.restsOn.contains(reference) }
    if finding?.review?.outcome == .dismissed { return [] }
    let verdict =
      finding?.review?.outcome == .upheld ? Verdict.notCompliant : doubt.verdict
    let code: Reason.Code =
      doubt.kind == .forestLossAfterCutOff ? .forestLossAfterCutOff : .treeCoverAtCutOff
    return [Reason(code, verdict, stream, figures: doubt.figures, restsOn: [reference])]
  }

  /// Findings whose matter `mapReasons` judges from the newest assessment's own figures.
  private func mapDoubtFindings(_ plot: PlotState) -> Set<FindingCode> {
    guard let assessment = plot.assessment else { return [] }
    let reference = EventReference(stream: plot.stream, version: assessment.version)
    return Set(
      (world.findingsOn[plot.stream] ?? []).filter { code in
        guard let raised = world.findings[code]?.raised else { return false }
        return (raised.kind == .forestLossAfterCutOff || raised.kind == .treeCoverAtCutOff)
          && raised.restsOn.contains(reference)
      })
  }

  /// Doubts on a subject that no review has dismissed.
  func holding(on stream: StreamKey, except: Set<FindingCode> = []) -> [Reason] {
    world.holdingFindings(on: stream).filter { !except.contains($0.raised.finding) }.map {
      let upheld = $0.review?.outcome == .upheld
      var figures = $0.raised.figures
      figures["finding"] = $0.raised.finding.text
      figures["kind"] = $0.raised.kind.rawValue
      return Reason(
        upheld ? .findingUpheld : .openFinding,
        upheld ? .notCompliant : .insufficientEvidence, stream, figures: figures,
        restsOn: $0.raised.restsOn)
    }
  }
}

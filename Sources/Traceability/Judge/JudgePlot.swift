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
    var reasons = holding(on: stream, except: judgedByFigures(plot))
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
    guard assessment.value.geometryDigest == plot.registered.geometry.digest,
      assessment.value.form == plot.registered.geometry.form,
      assessment.value.results.allSatisfy({ $0.isSound(on: plot.registered) })
    else {
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
    for doubt in doubts(plot) { reasons += weigh(doubt, stream, reference) }
    return reasons
  }

  private func mapLimits(
    _ result: DatasetResult, _ stream: StreamKey, _ reference: EventReference
  ) -> [Reason] {
    var reasons: [Reason] = []
    let dataset = world.datasets[result.dataset]
    if dataset?.digest != result.datasetDigest || dataset?.kind != result.kind
      || dataset?.missingField != nil
    {
      reasons.append(
        Reason(
          .datasetUnknown, .insufficientEvidence, stream,
          figures: ["map": result.dataset.text], restsOn: [reference]))
    }
    let unseen = result.outsideSquareMetres + result.noDataSquareMetres
    // On a small plot the tolerance may be all there is.
    let tolerated = min(
      policy.toleranceSquareMetres, result.squareMetres * policy.treeCoverPercent / 100)
    if unseen > tolerated || result.squareMetres <= 0 {
      reasons.append(
        Reason(
          .outsideMap, .insufficientEvidence, stream,
          figures: ["map": result.dataset.text, "hectares": Wording.hectares(unseen)],
          restsOn: [reference]))
    }
    return reasons
  }

  private func doubts(_ plot: PlotState) -> [MapEvidence.Doubt] {
    guard let assessment = plot.assessment else { return [] }
    return MapEvidence(assessment.value, plot: plot.registered, datasets: world.datasets)
      .doubts(under: policy)
  }

  /// A doubt that people have answered with evidence no longer counts; one found right bars. Of
  /// several findings about it the worst decides.
  private func weigh(
    _ doubt: MapEvidence.Doubt, _ stream: StreamKey, _ reference: EventReference
  ) -> [Reason] {
    let findings = (world.findingsOn[stream] ?? []).compactMap { world.findings[$0] }
      .filter { $0.raised.kind == doubt.kind && $0.raised.restsOn.contains(reference) }
    if !findings.isEmpty, findings.allSatisfy(\.isAnswered) { return [] }
    let isUpheld = findings.contains { $0.review?.outcome == .upheld }
    let code: Reason.Code =
      doubt.kind == .forestLossAfterCutOff ? .forestLossAfterCutOff : .treeCoverAtCutOff
    return [
      Reason(
        code, isUpheld ? .notCompliant : doubt.verdict, stream, figures: doubt.figures,
        restsOn: [reference])
    ]
  }

  /// The program's findings on the newest assessment, which `mapReasons` weighs by its figures
  /// under this policy. People's findings count whatever the maps show, and so does one upheld.
  private func judgedByFigures(_ plot: PlotState) -> Set<FindingCode> {
    guard let assessment = plot.assessment else { return [] }
    let reference = EventReference(stream: plot.stream, version: assessment.version)
    let weighed = Set(doubts(plot).map(\.kind))
    return Set(
      (world.findingsOn[plot.stream] ?? []).filter { code in
        guard let finding = world.findings[code], code.isOfProgram,
          finding.raised.kind == .forestLossAfterCutOff
            || finding.raised.kind == .treeCoverAtCutOff,
          finding.raised.restsOn.contains(reference)
        else { return false }
        return weighed.contains(finding.raised.kind) || finding.review?.outcome != .upheld
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

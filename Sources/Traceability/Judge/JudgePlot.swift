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
          restsOn: [plot.outlineReference]))
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
    for doubt in doubts(plot) { reasons += weigh(doubt, plot, reference) }
    return reasons + ruleReasons(plot, assessment)
  }

  private func mapLimits(
    _ result: DatasetResult, _ stream: StreamKey, _ reference: EventReference
  ) -> [Reason] {
    var reasons: [Reason] = []
    let dataset = world.datasets[result.dataset]
    if dataset?.digest != result.datasetDigest || dataset?.kind != result.kind
      || dataset?.reading == nil
    {
      reasons.append(
        Reason(
          .datasetUnknown, .insufficientEvidence, stream,
          figures: ["map": result.dataset.text], restsOn: [reference]))
    }
    let unseen = result.outsideSquareMetres + result.noDataSquareMetres
    // On a small plot the tolerance may be all there is.
    let tolerated = min(
      policy.toleranceSquareMetres, result.squareMetres * policy.unseenPercent / 100)
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
    return evidence(assessment, of: plot).doubts(under: policy)
  }

  private func evidence(_ assessment: Dated<PlotAssessed>, of plot: PlotState) -> MapEvidence {
    MapEvidence(
      assessment.value, on: assessment.occurredAt.localDate, plot: plot.registered,
      datasets: world.datasets)
  }

  /// What the policy's method makes of the plot's newest assessment, indicator by indicator; nil
  /// where the plot has none or the policy has no method.
  public func risk(plot code: PlotCode) -> RiskExplanation? {
    guard let plot = world.plots[code], let assessment = plot.assessment, let method = policy.risk
    else { return nil }
    return evidence(assessment, of: plot).explain(method, cutOff: policy.cutOff)
  }

  /// The rules that the plot breaks and that nobody has answered with evidence.
  private func ruleReasons(_ plot: PlotState, _ assessment: Dated<PlotAssessed>) -> [Reason] {
    let evidence = evidence(assessment, of: plot)
    let reference = EventReference(stream: plot.stream, version: assessment.version)
    return policy.rules.compactMap { rule in
      guard let breach = evidence.breach(of: rule, under: policy) else { return nil }
      if let kind = rule.answeredBy {
        let references = plot.references(
          seeing: assessment.value, at: assessment.version, on: breach.maps)
        let findings = world.findings(kind, on: plot.stream, restingOn: references)
        if !findings.isEmpty, findings.allSatisfy(\.isAnswered) { return nil }
      }
      return Reason(
        .ruleBroken, rule.verdict, plot.stream, figures: breach.figures, restsOn: [reference])
    }
  }

  /// The assessments on which what people said of this doubt counts.
  private func references(_ doubt: MapEvidence.Doubt, _ plot: PlotState) -> Set<EventReference> {
    guard let assessment = plot.assessment else { return [] }
    return plot.references(
      seeing: assessment.value, at: assessment.version, on: doubt.maps)
  }

  /// A doubt that people have answered with evidence no longer counts; one found right bars. Of
  /// several findings about it the worst decides.
  private func weigh(
    _ doubt: MapEvidence.Doubt, _ plot: PlotState, _ reference: EventReference
  ) -> [Reason] {
    let findings = world.findings(
      doubt.kind, on: plot.stream, restingOn: references(doubt, plot))
    if !findings.isEmpty, findings.allSatisfy(\.isAnswered) { return [] }
    let isUpheld = findings.contains { $0.review?.outcome == .upheld }
    let code: Reason.Code =
      doubt.kind == .forestLossAfterCutOff ? .forestLossAfterCutOff : .treeCoverAtCutOff
    return [
      Reason(
        code, isUpheld ? .notCompliant : doubt.verdict, plot.stream, figures: doubt.figures,
        restsOn: [reference])
    ]
  }

  /// The program's findings on the newest assessment, which `mapReasons` weighs by its figures
  /// under this policy. People's findings count whatever the maps show, and so does one upheld.
  private func judgedByFigures(_ plot: PlotState) -> Set<FindingCode> {
    guard let assessment = plot.assessment else { return [] }
    let newest = EventReference(stream: plot.stream, version: assessment.version)
    let weighed = doubts(plot).reduce(into: [:]) { $0[$1.kind] = references($1, plot) }
    return Set(
      (world.findingsOn[plot.stream] ?? []).filter { code in
        guard let finding = world.findings[code], code.isOfProgram,
          finding.raised.kind == .forestLossAfterCutOff
            || finding.raised.kind == .treeCoverAtCutOff
        else { return false }
        if let references = weighed[finding.raised.kind] {
          return !references.isDisjoint(with: finding.raised.restsOn)
        }
        return finding.raised.restsOn.contains(newest) && finding.review?.outcome != .upheld
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

extension World {
  /// The same world as if these maps had never been laid under a plot: their results are left out
  /// of every assessment.
  public func leavingOut(_ maps: Set<DatasetName>) -> World {
    guard !maps.isEmpty else { return self }
    var copy = self
    copy.leaveOut(maps)
    return copy
  }
}

extension PlotState {
  mutating func leaveOut(_ maps: Set<DatasetName>) {
    assessments = assessments.map { dated in
      let event = dated.value
      let kept = event.results.filter { !maps.contains($0.dataset) }
      guard kept.count < event.results.count else { return dated }
      return Dated(
        PlotAssessed(
          plot: event.plot, geometryDigest: event.geometryDigest, method: event.method,
          form: event.form, results: kept),
        at: dated.occurredAt, version: dated.version)
    }
  }
}

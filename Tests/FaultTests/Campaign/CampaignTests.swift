import Foundation
import Testing

/// Faults at every step of an append, over real processes.
///
/// `scripts/faults` asks for so many more by `RAIZ_FAULTS`.
@Suite(.serialized) struct CampaignTests {
  private let asked = ProcessInfo.processInfo.environment["RAIZ_FAULTS"].flatMap { Int($0) }

  @Test
  func `given faults at every step of an append then nothing acknowledged is lost or doubled`()
    async throws
  {
    try await run(at: FaultStep.statements, faults: asked.map { $0 - 2 * ($0 / 4) } ?? 5)
  }

  @Test func `given faults at every step of a large append then the same holds`() async throws {
    try await run(at: FaultStep.copies, faults: asked.map { $0 / 4 } ?? 5)
  }

  @Test
  func `given two servers on one ledger when one meets faults then the same holds`()
    async throws
  {
    let steps = asked == nil ? FaultStep.statements : FaultStep.allCases
    try await run(at: steps, servers: 2, faults: asked.map { $0 / 4 } ?? 4)
  }

  private func run(
    at steps: [FaultStep], servers: Int = 1, faults number: Int
  ) async throws {
    var random = SystemRandomNumberGenerator()
    let isLong = asked != nil
    let campaign = try await Campaign.begin(
      servers: servers, clients: isLong ? 8 : 4, pause: .milliseconds(isLong ? 10 : 20))
    let start = ContinuousClock.now
    let faults =
      isLong
      ? FaultPlan.faults(number, at: steps, using: &random)
      : FaultPlan.brief(number, at: steps, using: &random)
    for (index, fault) in faults.enumerated() {
      try await campaign.strike(fault, at: index % servers)
      #expect(campaign.problems == [], "after fault \(index + 1), \(fault.name)")
      if !campaign.problems.isEmpty { break }
      if isLong, (index + 1).isMultiple(of: 10) {
        tell("\(index + 1) of \(number), \(campaign.clients.acknowledged.count) acts")
      }
    }
    try await campaign.end(repeating: isLong ? 1_000 : 20)
    #expect(campaign.problems == [])
    if isLong { report(campaign, after: .now - start) }
  }

  private func report(_ campaign: Campaign, after time: Duration) {
    let acknowledged = campaign.clients.acknowledged
    for (name, count) in campaign.counts.sorted(by: { $0.key < $1.key }) {
      tell("  \(name): \(count)")
    }
    let total = campaign.counts.values.reduce(0, +)
    tell(
      """
      \(campaign.servers.count) server(s), \(total) faults in \(time.components.seconds) s, \
      \(acknowledged.count) acts acknowledged after \(acknowledged.retries) repeats \
      (\(acknowledged.withoutPosition) answers without a position), \
      \(campaign.imports.acknowledged.count) organisations imported, \
      \(campaign.problems.count) problems
      """)
  }

  /// At once, not when a buffer is full: a long run shows how far it is.
  private func tell(_ text: String) {
    FileHandle.standardOutput.write(Data("faults: \(text)\n".utf8))
  }
}

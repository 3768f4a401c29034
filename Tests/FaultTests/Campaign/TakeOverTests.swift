import Foundation
import Testing

/// A server that stood still while another took the ledger over.
@Suite(.serialized) struct TakeOverTests {
  /// What the old server had sent by then arrives after the take-over: held up at each of these.
  @Test(arguments: [FaultStep.beforeFirst, .answerHeld])
  func `given a server paused past a take-over when it wakes then it forks nothing`(
    step: FaultStep
  ) async throws {
    let campaign = try await Campaign.begin(servers: 2)
    let (old, new) = (campaign.servers[0], campaign.servers[1])
    // The heir is not there yet.
    try await new.end()
    let proxy = campaign.proxies[0]
    proxy.arm(Fault(step: step, action: .pauseRaiz))
    try await wait("the old server to pause") { proxy.struck == 1 }
    try await campaign.database.asSuperuser(
      "SELECT raiz.end_epoch(ledger) FROM raiz.ledgers", in: Campaign.database)
    // As db/README.md says: what a server that hangs has locked must not hold up its heir.
    try await campaign.database.asSuperuser(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'raiz' AND state LIKE 'idle in transaction%'
      """)
    try new.start()
    try await new.waitUntilUp()
    let before = campaign.clients.acknowledged.count
    try await wait("the new server to take acts") {
      campaign.clients.acknowledged.count > before + 10
    }
    kill(old.pid, SIGCONT)
    proxy.release()
    let answer = try await refusal(of: old)
    #expect(answer.status == 500 && answer.body.contains("fenced"), "\(answer)")
    #expect(answer.body.contains("restart it"), "\(answer)")
    let after = campaign.clients.acknowledged.count
    try await wait("acts to go on") { campaign.clients.acknowledged.count > after + 10 }
    try await campaign.end(repeating: 20)
    #expect(campaign.problems == [])
  }

  /// What the old server answers as soon as it answers.
  private func refusal(of old: RaizServer) async throws -> HTTPAnswer {
    let port = old.port
    var answer: HTTPAnswer?
    try await wait("the old server to answer") {
      let key = UUID().uuidString
      answer = try await aside { Clients.post(key, shipment: key, port: port, seconds: 20) }
      return answer != nil
    }
    return try #require(answer)
  }
}

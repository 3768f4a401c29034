import Foundation
import Synchronization

/// Clients that post acts, each with a key of its own, and repeat each until it is acknowledged.
final class Clients: Sendable {
  static let organisation = "EXP"

  let acknowledged = Acknowledged()
  private let ports: [Int]
  /// What this group's keys and shipments begin with.
  private let prefix: String
  /// How long a client waits for an answer before it asks again.
  private let patience: Double
  /// Between two acts of one client, so that the servers are not all that has work.
  private let pause: Duration
  private let state: Mutex<State>

  private struct State {
    var isEnding = false
    var running: Int
  }

  /// - Parameter ports: where the servers listen; a client changes to the next after a failure.
  init(
    count: Int, ports: [Int], patience: Double = 1.5, pause: Duration = .zero, prefix: String = "f"
  ) {
    self.ports = ports
    self.prefix = prefix
    self.patience = patience
    self.pause = pause
    state = Mutex(State(running: count))
    for number in 0..<count { Thread { self.work(number) }.start() }
  }

  /// Takes no new act on, and waits until each begun one is acknowledged.
  func finish(seconds: Int = 120) async throws {
    state.withLock { $0.isEnding = true }
    let deadline = ContinuousClock.now + .seconds(seconds)
    while state.withLock({ $0.running > 0 }) {
      guard ContinuousClock.now < deadline else {
        throw RaizServer.Failure(description: "clients were not answered for \(seconds) s")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Asks once more for acts that were acknowledged; what differs is noted as wrong.
  func repeatAll(_ acts: [String: Acknowledgement]) async throws {
    try await aside {
      for (key, act) in acts.sorted(by: { $0.key < $1.key }) {
        self.post(key, shipment: act.shipment, from: 0)
      }
    }
  }

  private func work(_ client: Int) {
    var number = 0
    while state.withLock({ !$0.isEnding }) {
      let name = "\(prefix)-\(client)-\(number)"
      post(name, shipment: name.uppercased(), from: client)
      number += 1
      Thread.sleep(forTimeInterval: pause / .seconds(1))
    }
    state.withLock { $0.running -= 1 }
  }

  /// One try to open a shipment.
  static func post(_ key: String, shipment: String, port: Int, seconds: Double) -> HTTPAnswer? {
    let body = """
      {"act":"open-shipment","occurredAt":"2026-05-04T10:00:00-05:00","shipment":"\(shipment)",\
      "organisation":"\(organisation)","destination":"NL"}
      """
    let headers = ["Authorization: Bearer " + RaizServer.token, "Idempotency-Key: " + key]
    return PlainHTTP.send(
      "POST", "/api/acts", port: port, headers: headers, body: body, seconds: seconds)
  }

  private func post(_ key: String, shipment: String, from client: Int) {
    var turn = client
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
      let answer = Self.post(
        key, shipment: shipment, port: ports[turn % ports.count], seconds: patience)
      if let answer, settle(key, shipment, answer) { return }
      acknowledged.noteRetry()
      turn += 1
      usleep(20_000)
    }
    acknowledged.noteWrong("\(key) was not answered within two minutes")
  }

  /// Whether the answer is a final one.
  private func settle(_ key: String, _ shipment: String, _ answer: HTTPAnswer) -> Bool {
    switch answer.status {
    case 200, 201:
      let json = answer.json
      guard json["firstPosition"] != nil || json["code"] as? String == "already-recorded" else {
        acknowledged.noteWrong("\(key): \(answer.status) \(answer.body)")
        return true
      }
      acknowledged.add(
        key,
        Acknowledgement(
          shipment: shipment, position: (json["firstPosition"] as? NSNumber)?.int64Value,
          checkpointSize: (json["checkpointSize"] as? NSNumber)?.int64Value,
          checkpoint: json["checkpoint"] as? String))
      return true
    case 500...: return false
    default:
      acknowledged.noteWrong("\(key): \(answer.status) \(answer.body)")
      return true
    }
  }
}

import Foundation
import Testing

@testable import Ledger

/// The ledger's side: what each answer of a witness leads to.
@Suite struct WitnessDialogueTests {
  private let log: TestLog
  private let cosigner: Cosigner
  private let checkpoint: StoredCheckpoint

  init() throws {
    log = try TestLog((0..<9).map { "entry \($0)" })
    cosigner = try TestWitness.cosigner()
    checkpoint = try StoredCheckpoint(
      size: 9, root: log.root(9), ownNote: try log.note(9), lines: "")
  }

  private func dialogue(known: Int64 = 0) -> WitnessDialogue {
    WitnessDialogue(checkpoint: checkpoint, verifier: cosigner.verifier, known: known)
  }

  private func outcome(_ status: Int, _ body: String, known: Int64 = 0) -> WitnessDialogue.Step {
    var dialogue = dialogue(known: known)
    return dialogue.next(
      after: WitnessReply(status: status, contentType: "", body: body), now: TestWitness.time)
  }

  @Test func `a good cosignature is taken, among others too`() throws {
    let body = try SignedNote(parsing: checkpoint.note).text
    let own = try cosigner.cosign(body: body, time: TestWitness.time - 60)
    let other = try TestWitness.cosigner(9, name: "other.example").cosign(body: body, time: 1)
    #expect(outcome(200, other.line + own.line) == .done(.cosigned(own)))
  }

  @Test func `a 200 without a good cosignature of about now is refused`() throws {
    let body = try SignedNote(parsing: checkpoint.note).text
    let elsewhere = try cosigner.cosign(body: body + "x\n", time: TestWitness.time).line
    let stranger = try TestWitness.cosigner(9).cosign(body: body, time: TestWitness.time).line
    for text in [
      "", "nonsense\n", elsewhere, stranger,
      try cosigner.cosign(body: body, time: TestWitness.time - 601).line,
      try cosigner.cosign(body: body, time: TestWitness.time + 601).line,
    ] {
      guard case .done(.refused(200, _)) = outcome(200, text) else {
        Issue.record("taken: \(text)")
        continue
      }
    }
  }

  @Test func `409 tells the size to prove from, or that something is wrong`() {
    #expect(outcome(409, "4\n") == .ask(from: 4))
    #expect(outcome(409, "0\n", known: 5) == .ask(from: 0))
    #expect(outcome(409, "10\n") == .done(.ahead(known: 10)))
    guard case .done(.contradicted) = outcome(409, "9\n", known: 9) else {
      Issue.record("a split view passed for something else")
      return
    }
    guard case .done(.refused(409, _)) = outcome(409, "04\n") else {
      Issue.record("04 is no size")
      return
    }
    var dialogue = dialogue()
    var steps: [WitnessDialogue.Step] = []
    for size in [4, 5, 4, 5] {
      let reply = WitnessReply(status: 409, contentType: "", body: "\(size)\n")
      steps.append(dialogue.next(after: reply, now: TestWitness.time))
    }
    #expect(steps.prefix(3) == [.ask(from: 4), .ask(from: 5), .ask(from: 4)])
    guard case .done(.refused(409, _)) = steps[3] else {
      Issue.record("asked without end")
      return
    }
  }

  @Test func `422 and the rest end it, with what the witness wrote on one line`() {
    #expect(outcome(422, "bad\nproof") == .done(.contradicted(reason: "bad proof")))
    #expect(outcome(403, "no\u{1B}[31m") == .done(.refused(status: 403, reason: "no [31m")))
    #expect(outcome(500, "") == .done(.refused(status: 500, reason: "")))
  }
}

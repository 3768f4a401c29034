import Foundation
import Testing
import ValueTypes

@testable import Ledger

/// The one promise: no two inconsistent trees are ever cosigned.
@Suite struct WitnessGrowthTests {
  @Test(arguments: 0..<20)
  func `however a log grows, forks and rolls back, what is cosigned is one history`(
    seed: UInt64
  ) async throws {
    try await withFolder { folder in
      var random = SeededGenerator(seed: seed)
      // Branches that share their first entries; all signed by the log's one key.
      var branches = [(0..<40).map { "entry \($0)" }]
      for branch in 1..<4 {
        let cut = Int.random(in: 0..<40, using: &random)
        branches.append((0..<40).map { $0 < cut ? "entry \($0)" : "\(branch) \($0)" })
      }
      let logs = try branches.map { try TestLog($0) }
      let keys = [logs[0].signer.verifierKey]
      var current: Witness? = try TestWitness.open(folder, keys)
      var cosigned: [(size: Int, branch: Int)] = []
      for _ in 0..<60 {
        if Int.random(in: 0..<10, using: &random) == 0 {
          // The folder's lock goes with the old one.
          current = nil
          current = try TestWitness.open(folder, keys)
        }
        let witness = try #require(current)
        let branch = Int.random(in: 0..<logs.count, using: &random)
        let size = Int.random(in: 0...40, using: &random)
        // Mostly what an attacker would say: the size that the witness really knows.
        let known = Int(await witness.logs[0].state?.tree.size ?? 0)
        let old = Int.random(in: 0..<4, using: &random) == 0 ? size / 2 : min(known, size)
        let request = try logs[branch].request(from: old, to: size)
        if try await TestWitness.ask(witness, request.text).status == 200 {
          cosigned.append((size, branch))
        }
      }
      #expect(!cosigned.isEmpty)
      for (earlier, later) in zip(cosigned, cosigned.dropFirst()) {
        #expect(earlier.size <= later.size)
        #expect(logs[earlier.branch].root(earlier.size) == logs[later.branch].root(earlier.size))
      }
    }
  }

  @Test func `of two inconsistent checkpoints asked for at once, one is cosigned`() async throws {
    for round in 0..<10 {
      try await withFolder { folder in
        let logs = try (0..<6).map { branch in
          try TestLog((0..<9).map { "\(branch) \(round) \($0)" })
        }
        let witness = try TestWitness.open(folder, [logs[0].signer.verifierKey])
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
          for (index, log) in logs.enumerated() {
            let text = try log.request(from: 0, to: 9 - index % 3).text
            group.addTask { try await TestWitness.ask(witness, text).status }
          }
          return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(answers.count { $0 == 200 } == 1)
        #expect(answers.count { $0 == 409 } == 5)
      }
    }
  }
}

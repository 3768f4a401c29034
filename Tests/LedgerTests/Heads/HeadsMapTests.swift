import Testing
import ValueTypes

@testable import Ledger

/// The map of heads against its definition, spelt out again from the words of the documentation.
@Suite struct HeadsMapTests {
  /// Recursive over sets of keys as bit texts; shares only SHA-256 with the product.
  private struct Naive {
    static func root(_ heads: [(bits: String, leaf: [UInt8])], _ depth: Int = 0) -> [UInt8] {
      if heads.isEmpty { return [UInt8](repeating: 0, count: 32) }
      if heads.count == 1 { return sha(heads[0].leaf) }
      let at = { (text: String) in text[text.index(text.startIndex, offsetBy: depth)] }
      let zero = heads.filter { at($0.bits) == "0" }
      let one = heads.filter { at($0.bits) == "1" }
      if zero.isEmpty { return root(one, depth + 1) }
      if one.isEmpty { return root(zero, depth + 1) }
      return sha([3, UInt8(depth)] + root(zero, depth + 1) + root(one, depth + 1))
    }

    static func sha(_ bytes: [UInt8]) -> [UInt8] { MerkleTree.digest(bytes).bytes }

    static func entry(_ stream: String, _ version: Int64, _ last: Int64) -> (
      bits: String, leaf: [UInt8]
    ) {
      let key = sha(Array(stream.utf8))
      let bits = key.map { byte in
        let text = String(byte, radix: 2)
        return String(repeating: "0", count: 8 - text.count) + text
      }.joined()
      let numbers = [version, last].flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) }
      }
      return (bits, [2] + key + numbers)
    }
  }

  private func sample(_ count: Int, _ random: inout SeededGenerator) throws -> [(
    name: StreamName, version: Int64, last: Int64
  )] {
    try (0..<count).map { index in
      (
        try StreamName("lot:\(index)-\(UInt32.random(in: 0...999, using: &random))"),
        Int64.random(in: 1...50, using: &random), Int64.random(in: 0...100_000, using: &random)
      )
    }
  }

  @Test func `roots and proofs agree with the definition, for streams there and not there`() throws
  {
    var random = SeededGenerator(seed: 11)
    for round in 0..<120 {
      let streams = try sample(
        round < 20 ? round : Int.random(in: 1...200, using: &random), &random)
      let heads = streams.map {
        StreamHead(stream: $0.name, version: $0.version, lastPosition: $0.last)
      }.sorted { $0.key < $1.key }
      let root = HeadsMap.root(sorted: heads)
      #expect(
        root.bytes
          == Naive.root(streams.map { Naive.entry($0.name.text, $0.version, $0.last) }))
      let there = streams.shuffled(using: &random).prefix(5).map(\.name)
      let absent = try (0..<3).map { try StreamName("plot:\(round)-\($0)") }
      let proof = HeadsProof(of: there + absent, sorted: heads)
      let found = try proof.verify(there + absent, root: root)
      #expect(Set(found.keys) == Set(there))
      for stream in streams where there.contains(stream.name) {
        #expect(found[stream.name]?.version == stream.version)
        #expect(found[stream.name]?.lastPosition == stream.last)
      }
      #expect(proof.items.compactMap { HeadsProof.Item(text: $0.text) } == proof.items)
    }
  }

  @Test func `no changed proof passes`() throws {
    var random = SeededGenerator(seed: 12)
    let streams = try sample(60, &random)
    let heads = streams.map {
      StreamHead(stream: $0.name, version: $0.version, lastPosition: $0.last)
    }.sorted { $0.key < $1.key }
    let root = HeadsMap.root(sorted: heads)
    let asked = try [streams[3].name, streams[40].name, StreamName("plot:none")]
    let proof = HeadsProof(of: asked, sorted: heads)
    let honest = try proof.verify(asked, root: root)
    for index in proof.items.indices {
      var changed = proof
      switch proof.items[index] {
      case .branch(let depth): changed.items[index] = .branch(depth: (depth + 1) % 256)
      case .hash(let hash): changed.items[index] = .hash(MerkleTree.nodeHash(hash, hash))
      case .leaf(let head):
        changed.items[index] = .leaf(
          StreamHead(
            key: head.key, version: head.version + 1, lastPosition: head.lastPosition))
      }
      #expect(throws: LedgerError.self) { try changed.verify(asked, root: root) }
      var shorter = proof
      shorter.items.remove(at: index)
      #expect(throws: LedgerError.self) { try shorter.verify(asked, root: root) }
      var longer = proof
      longer.items.insert(proof.items[index], at: index)
      #expect(throws: LedgerError.self) { try longer.verify(asked, root: root) }
    }
    // A stream that is there is never proven absent by a path made for another.
    let other = HeadsProof(of: [streams[3].name], sorted: heads)
    if let lied = try? other.verify([streams[40].name], root: root) {
      #expect(lied[streams[40].name] == honest[streams[40].name])
    }
    #expect(throws: LedgerError.self) { try HeadsProof(items: []).verify(asked, root: root) }
    #expect(try HeadsProof(items: []).verify(asked, root: HeadsMap.emptyRoot).isEmpty)
  }

  /// Computed once with another program (Python's hashlib) from the words of the documentation.
  @Test func `the vectors of the construction hold`() throws {
    let heads = try [("lot:A", 1, 0), ("lot:B", 3, 7), ("plot:P-1", 2, 5)].map {
      StreamHead(
        stream: try StreamName($0.0), version: Int64($0.1), lastPosition: Int64($0.2))
    }.sorted { $0.key < $1.key }
    let roots = (1...3).map { "\(HeadsMap.root(sorted: heads.prefix($0)))" }
    #expect(roots == Self.vectors)
  }

  private static let vectors = [
    "f8ac2835e7b3e67b571d4cba768536368b674800a3e033ece38562240b95dfeb",
    "59b8f6fb80e265e63fb4b8d3123144cb1f6549df08957149a83a252c0e1be026",
    "1b676e71a9cfa256dbbd8ddf0330546fa4d13197bd02c0e10a36af6435948071",
  ]
}

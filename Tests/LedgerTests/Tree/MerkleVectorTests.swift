import Foundation
import Testing
import ValueTypes

@testable import Ledger

@Suite struct MerkleVectorTests {
  private struct Inclusion: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: Data?
    let leafHash: Data?
    let proof: [Data]?
    let wantErr: Bool
  }

  private struct Consistency: Decodable {
    let size1: UInt64
    let size2: UInt64
    let root1: Data?
    let root2: Data?
    let proof: [Data]?
    let wantErr: Bool
  }

  private struct Malformed: Error {}

  @Test func `every inclusion vector is accepted or refused as published`() throws {
    let files = try SharedData.files(under: "tree/merkle/testdata/inclusion", suffix: ".json")
    #expect(files.count == 98)
    for file in files {
      let vector = try SharedData.decode(file, as: Inclusion.self)
      let accepted = succeeds {
        try MerkleTree.verifyInclusion(
          leafHash: try digest(vector.leafHash), index: Int64(clamping: vector.leafIdx),
          treeSize: Int64(clamping: vector.treeSize), root: try digest(vector.root),
          proof: try (vector.proof ?? []).map(digest))
      }
      #expect(accepted == !vector.wantErr, "\(file)")
    }
  }

  @Test func `every consistency vector is accepted or refused as published`() throws {
    let files = try SharedData.files(under: "tree/merkle/testdata/consistency", suffix: ".json")
    #expect(files.count == 98)
    for file in files {
      let vector = try SharedData.decode(file, as: Consistency.self)
      let accepted = succeeds {
        try MerkleTree.verifyConsistency(
          from: Int64(clamping: vector.size1), root: try anyRoot(vector.root1),
          to: Int64(clamping: vector.size2), root: try anyRoot(vector.root2),
          proof: try (vector.proof ?? []).map(digest))
      }
      #expect(accepted == !vector.wantErr, "\(file)")
    }
  }

  private struct Reference: Decodable {
    let leavesHex: [String]
    let leafHashHex: [String]
    let rootHexBySize: [String: String]
  }

  @Test func `the reference tree of certificate transparency has its known roots`() throws {
    let reference = try SharedData.decode("tree/rfc6962_reference.json", as: Reference.self)
    var range = CompactRange()
    #expect(range.root.description == reference.rootHexBySize["0"])
    for (leaf, hash) in zip(reference.leavesHex, reference.leafHashHex) {
      let leafHash = MerkleTree.leafHash(try #require(Hex.decode(leaf)))
      #expect(leafHash.description == hash)
      range.append(leafHash)
      #expect(range.root.description == reference.rootHexBySize["\(range.size)"])
    }
    #expect(range.size == 8)
  }

  private struct Boundaries: Decodable { let rootHexBySize: [String: String] }

  @Test func `roots at the edges of tiles are the published ones`() throws {
    let expected = try SharedData.decode("tree/tile_boundary_roots.json", as: Boundaries.self)
      .rootHexBySize
    #expect(expected.count == 12)
    var range = CompactRange()
    var met = 0
    for index in 0..<70_000 {
      range.append(MerkleTree.leafHash(Array("\(index)".utf8)))
      guard let root = expected["\(range.size)"] else { continue }
      #expect(range.root.description == root, "size \(range.size)")
      met += 1
    }
    #expect(met == expected.count)
  }

  private func digest(_ data: Data?) throws -> SHA256Digest {
    guard let data, let digest = SHA256Digest(data) else { throw Malformed() }
    return digest
  }

  /// Some consistency vectors have roots that are no hashes ("don't care"): their hash stands for
  /// them, so that equal stays equal and unequal unequal.
  private func anyRoot(_ data: Data?) throws -> SHA256Digest {
    guard let data else { throw Malformed() }
    return SHA256Digest(data) ?? MerkleTree.digest([UInt8](data))
  }

  private func succeeds(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      return false
    }
  }
}

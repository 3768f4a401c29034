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
          from: Int64(clamping: vector.size1), root: try digest(vector.root1),
          to: Int64(clamping: vector.size2), root: try digest(vector.root2),
          proof: try (vector.proof ?? []).map(digest))
      }
      #expect(accepted == !vector.wantErr, "\(file)")
    }
  }

  private struct Reference: Decodable {
    let leaves_hex: [String]
    let leaf_hash_hex: [String]
    let root_hex_by_size: [String: String]
  }

  @Test func `the reference tree of certificate transparency has its known roots`() throws {
    let reference = try SharedData.decode("tree/rfc6962_reference.json", as: Reference.self)
    var range = CompactRange()
    #expect(range.root.description == reference.root_hex_by_size["0"])
    for (leaf, hash) in zip(reference.leaves_hex, reference.leaf_hash_hex) {
      let leafHash = MerkleTree.leafHash(try #require(Hex.decode(leaf)))
      #expect(leafHash.description == hash)
      range.append(leafHash)
      #expect(range.root.description == reference.root_hex_by_size["\(range.size)"])
    }
    #expect(range.size == 8)
  }

  private struct Boundaries: Decodable { let root_hex_by_size: [String: String] }

  @Test func `roots at the edges of tiles are the published ones`() throws {
    let expected = try SharedData.decode("tree/tile_boundary_roots.json", as: Boundaries.self)
      .root_hex_by_size
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

  /// Some vectors have roots that are no hashes ("don't care"): their hash stands for them, so that
  /// equal stays equal and unequal unequal.
  private func digest(_ data: Data?) throws -> SHA256Digest {
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

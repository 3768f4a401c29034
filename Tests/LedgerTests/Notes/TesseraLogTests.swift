import Testing
import ValueTypes

@testable import Ledger

/// A log made by another program: the same entries and key must give the same bytes.
@Suite struct TesseraLogTests {
  private static let folder = "tree/tessera/testdata/log"
  private static let signerKey =
    "PRIVATE+KEY+example.com/log/testdata+33d7b496"
    + "+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
  private static let verifierKey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

  private let entries = [
    "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven",
    "twelf", "threeten", "fourten", "fivten",
  ].map { Array($0.utf8) }

  @Test func `sixteen checkpoints come out byte for byte`() throws {
    let signer = try CheckpointSigner(signerKey: Self.signerKey)
    #expect(signer.verifierKey == Self.verifierKey)
    #expect(signer.signerKey == Self.signerKey)
    var range = CompactRange()
    for size in 0...15 {
      let note = try signer.sign(size: range.size, root: range.root)
      #expect(note == (try SharedData.text("\(Self.folder)/checkpoint.\(size)")))
      if size < entries.count { range.append(MerkleTree.leafHash(entries[size])) }
    }
    #expect(
      try SharedData.text("\(Self.folder)/checkpoint")
        == SharedData.text("\(Self.folder)/checkpoint.15"))
  }

  @Test func `tiles and bundles come out byte for byte`() throws {
    for width in 1...15 {
      let kept = Array(entries[..<width])
      let hashes = try TilePath(kind: .hashes(level: 0), index: 0, width: width)
      #expect(
        try SharedData.bytes("\(Self.folder)/\(hashes.path)")
          == kept.flatMap { MerkleTree.leafHash($0).bytes })
      let bundle = try TilePath(kind: .entries, index: 0, width: width)
      let bytes = try SharedData.bytes("\(Self.folder)/\(bundle.path)")
      #expect(try bytes == EntryBundle.encode(kept))
      #expect(try EntryBundle.parse(bytes) == kept)
    }
  }

  @Test func `its checkpoints open with its verifier key, and not after any byte changed`() throws {
    let verifier = try CheckpointVerifier(verifierKey: Self.verifierKey)
    #expect(verifier.verifierKey == Self.verifierKey)
    let note = try SharedData.text("\(Self.folder)/checkpoint.15")
    let checkpoint = try verifier.open(note)
    #expect(checkpoint.size == 15 && checkpoint.origin == "example.com/log/testdata")
    let bytes = Array(note.utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      let text = String(decoding: changed, as: UTF8.self)
      #expect(throws: LedgerError.self, "byte \(index)") { try verifier.open(text) }
    }
  }
}

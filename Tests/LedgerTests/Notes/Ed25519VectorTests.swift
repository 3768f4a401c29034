import Testing
import ValueTypes

import enum Crypto.Curve25519

/// What the Ed25519 implementation accepts at the edges, so that a change of it is noticed.
@Suite struct Ed25519VectorTests {
  private struct Vector: Decodable {
    let number: Int
    let key: String
    let sig: String
    let msg: String
    let flags: [String]?
  }

  @Test func `edge cases are judged by the equation without cofactor, R compared as bytes`() throws
  {
    let vectors = try SharedData.decode("tree/cctv/ed25519/ed25519vectors.json", as: [Vector].self)
    #expect(vectors.count == 914)
    var accepted = 0
    for vector in vectors {
      let key = try Curve25519.Signing.PublicKey(
        rawRepresentation: #require(Hex.decode(vector.key)))
      let valid = key.isValidSignature(
        try #require(Hex.decode(vector.sig)), for: Array(vector.msg.utf8))
      // A residue of low order is what only the equation with cofactor forgives; an R that is not
      // canonical never equals the R computed anew.
      let flags = Set(vector.flags ?? [])
      let expected = flags.isDisjoint(with: ["low_order_residue", "non_canonical_R"])
      #expect(valid == expected, "vector \(vector.number) \(flags.sorted())")
      accepted += valid ? 1 : 0
    }
    #expect(accepted == 208)
  }
}

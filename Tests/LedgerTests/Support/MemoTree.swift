import Foundation
import Testing
import ValueTypes

import struct Crypto.SHA256

@testable import Ledger

/// RFC 6962 section 2.1 as it is written: MTH, PATH, PROOF and SUBPROOF over D[lo:hi], recursive,
/// with every MTH remembered. It shares no code with the product.
final class MemoTree {
  private let leaves: [[UInt8]]
  private var known: [Int: [UInt8]] = [:]

  init(entries: [[UInt8]]) {
    leaves = entries.map { Array(SHA256.hash(data: [0] + $0)) }
  }

  /// MTH(D[lo:hi]).
  func hash(_ lo: Int, _ hi: Int) -> [UInt8] {
    if hi == lo { return Array(SHA256.hash(data: [UInt8]())) }
    if hi - lo == 1 { return leaves[lo] }
    let name = lo << 20 | hi
    if let hash = known[name] { return hash }
    let k = Self.split(hi - lo)
    let hash = Array(SHA256.hash(data: [1] + hash(lo, lo + k) + hash(lo + k, hi)))
    known[name] = hash
    return hash
  }

  /// PATH(m, D[lo:hi]).
  func path(_ m: Int, _ lo: Int, _ hi: Int) -> [[UInt8]] {
    if hi - lo == 1 { return [] }
    let k = Self.split(hi - lo)
    return m < k
      ? path(m, lo, lo + k) + [hash(lo + k, hi)] : path(m - k, lo + k, hi) + [hash(lo, lo + k)]
  }

  /// PROOF(m, D[n]).
  func proof(_ m: Int, _ n: Int) -> [[UInt8]] { subproof(m, 0, n, true) }

  private func subproof(_ m: Int, _ lo: Int, _ hi: Int, _ b: Bool) -> [[UInt8]] {
    let n = hi - lo
    if m == n { return b ? [] : [hash(lo, hi)] }
    let k = Self.split(n)
    return m <= k
      ? subproof(m, lo, lo + k, b) + [hash(lo + k, hi)]
      : subproof(m - k, lo + k, hi, false) + [hash(lo, lo + k)]
  }

  /// The hashes of the largest subtrees of D[n] without any of `chosen`, from the left.
  func outside(_ chosen: Set<Int>, _ n: Int) -> [[UInt8]] { outside(chosen.sorted(), 0, n) }

  private func outside(_ chosen: [Int], _ lo: Int, _ hi: Int) -> [[UInt8]] {
    if chosen.isEmpty { return [hash(lo, hi)] }
    if hi - lo == 1 { return [] }
    let middle = lo + Self.split(hi - lo)
    return outside(chosen.filter { $0 < middle }, lo, middle)
      + outside(chosen.filter { $0 >= middle }, middle, hi)
  }

  /// The largest power of two smaller than n.
  private static func split(_ n: Int) -> Int {
    var k = 1
    while k << 1 < n { k <<= 1 }
    return k
  }
}

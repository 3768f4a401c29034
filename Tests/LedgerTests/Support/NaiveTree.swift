import Foundation

import struct Crypto.SHA256

/// RFC 6962 section 2.1 word for word: recursive, slow, and sharing no code with the product.
struct NaiveTree {
  typealias Hash = Data

  let entries: [Data]

  func root(_ range: Range<Int>) -> Hash {
    let count = range.count
    if count == 0 { return Data(SHA256.hash(data: Data())) }
    if count == 1 { return Data(SHA256.hash(data: Data([0]) + entries[range.lowerBound])) }
    let middle = range.lowerBound + half(count)
    return node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  func path(_ index: Int, _ range: Range<Int>) -> [Hash] {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + half(range.count)
    if index < middle {
      return path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
    }
    return path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  func proof(_ first: Int, _ second: Int) -> [Hash] { subproof(first, 0..<second, true) }

  private func subproof(_ first: Int, _ range: Range<Int>, _ known: Bool) -> [Hash] {
    if first == range.count { return known ? [] : [root(range)] }
    let k = half(range.count)
    let middle = range.lowerBound + k
    if first <= k {
      return subproof(first, range.lowerBound..<middle, known) + [root(middle..<range.upperBound)]
    }
    return subproof(first - k, middle..<range.upperBound, false)
      + [root(range.lowerBound..<middle)]
  }

  private func half(_ count: Int) -> Int {
    var k = 1
    while k * 2 < count { k *= 2 }
    return k
  }

  private func node(_ left: Hash, _ right: Hash) -> Hash {
    Data(SHA256.hash(data: Data([1]) + left + right))
  }
}

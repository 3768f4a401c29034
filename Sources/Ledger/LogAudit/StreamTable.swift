import ValueTypes

/// The head of every stream, as it is now and as it was at the last commitment to heads: a walk
/// does not know beforehand which commitment is the last.
struct StreamTable: Sendable {
  private struct Stream {
    let key: SHA256Digest
    var version: Int64
    var last: Int64
    /// Where it stood at the last commitment before its newest event; version 0 is not yet.
    var versionThen: Int64 = 0
    var lastThen: Int64 = 0
  }

  private var places: [UInt64: UInt32] = [:]
  private var streams: [Stream] = []

  var count: Int { streams.count }

  /// Takes the next event of a stream; false if its version is not the one that follows.
  ///
  /// - Parameters:
  ///   - key: the stream's in the map of heads, where it begins.
  ///   - commitment: the position of the last commitment so far.
  mutating func follow(
    _ stream: UInt64, version: Int64, position: Int64, key: SHA256Digest?, commitment: Int64
  ) -> Bool {
    guard let place = places[stream].map(Int.init) else {
      places[stream] = UInt32(truncatingIfNeeded: streams.count)
      streams.append(
        Stream(key: key ?? MerkleTree.emptyRoot, version: version, last: position))
      return version == 1
    }
    let before = streams[place].version
    if streams[place].last < commitment {
      streams[place].versionThen = before
      streams[place].lastThen = streams[place].last
    }
    streams[place].version = version
    streams[place].last = position
    return version == before + 1
  }

  /// The map of the heads of the streams that had begun before a commitment. Of the last commitment
  /// that `follow` was told of only.
  func heads(before commitment: Int64) -> HeadsRootBuilder {
    var heads: [StreamHead] = []
    heads.reserveCapacity(streams.count)
    for stream in streams {
      if stream.last < commitment {
        heads.append(
          StreamHead(key: stream.key, version: stream.version, lastPosition: stream.last))
      } else if stream.versionThen > 0 {
        heads.append(
          StreamHead(
            key: stream.key, version: stream.versionThen, lastPosition: stream.lastThen))
      }
    }
    heads.sort { $0.key < $1.key }
    var map = HeadsRootBuilder()
    for head in heads { map.append(head) }
    return map
  }
}

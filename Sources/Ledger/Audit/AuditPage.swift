import PostgreSQL
import ValueTypes

/// A page of events, and what each of them says by itself: the part of an audit that needs nothing
/// of the events before, so that it can be done for one page while another is compared.
struct AuditPage: Sendable {
  struct Entry: Sendable {
    let row: AuditRow
    /// The leaf hash of its bytes; nil where there are none.
    let leaf: SHA256Digest?
    /// Nil where its bytes have another layout, or are no event.
    let envelope: CanonicalEnvelope?
  }

  let page: CopyPage
  let entries: [Entry]

  /// - Throws: `copyFailed` and `decodingFailed` where the page is not what was asked for.
  init(_ page: CopyPage) throws(PostgresError) {
    self.page = page
    var entries: [Entry] = []
    entries.reserveCapacity(page.rows)
    let bytes = page.bytes.span
    var cursor = CopyCursor()
    var neighbours = NeighbourEnvelopes()
    while let row = try AuditRow(&cursor, bytes) {
      guard let range = row.bytes else {
        entries.append(Entry(row: row, leaf: nil, envelope: nil))
        continue
      }
      let event = bytes.extracting(range)
      let envelope = neighbours.read(range, of: bytes)
      entries.append(Entry(row: row, leaf: MerkleTree.leafHash(event), envelope: envelope))
    }
    self.entries = entries
  }
}

import ProvenanceGraph
import Traceability

extension ProvenanceState {
  /// The bytes that an encoder with sorted keys would give of `origins`.
  func originsJSON(of subject: StreamKey, _ page: PageRequest) throws -> [UInt8] {
    let found = try findOrigins(of: subject, page)
    var out = JSONBytes(capacity: 1_000 + found.shares.count * 120)
    out.raw("{\"grams\":")
    out.number(graph.mass(of: found.node))
    out.raw(",\"linkCount\":")
    out.number(Int64(found.linkCount))
    out.raw(",\"lotCount\":")
    out.number(Int64(found.lotCount))
    out.raw(",")
    out.field("\"next\":", found.next.map(codes.text))
    out.raw("\"plotCount\":")
    out.number(Int64(found.plotCount))
    out.raw(",\"plots\":[")
    write(found.shares, to: &out)
    out.raw("],\"position\":")
    out.number(mark.position)
    out.raw(",\"subject\":")
    out.text(subject.description)
    out.raw(",\"unknownGrams\":")
    out.number(found.unknownGrams)
    out.raw(",\"verdict\":")
    out.text(verdict(of: found.node).rawValue)
    out.raw("}")
    return out.finished()
  }

  /// Copies codes from the tables as they are.
  private func write(_ shares: ArraySlice<PlotShare>, to out: inout JSONBytes) {
    let verdicts = (0...2).map { Array(Verdict(graphRank: $0).rawValue.utf8) }
    let names = facts.names
    for (place, share) in shares.enumerated() {
      let entry = facts[share.node]
      let code = codes.range(share.node)
      let producer = entry.producer == PlotFacts.Entry.none ? nil : names.range(entry.producer)
      let district = entry.district == PlotFacts.Entry.none ? nil : names.range(entry.district)
      let verdict = verdicts[Int(min(2, graph.ranks[Int(share.node)]))]
      let longest = code.count + (producer?.count ?? 0) + (district?.count ?? 0)
      out.write(atMost: JSONPen.room(forText: longest) + 150) { pen in
        pen.raw(place == 0 ? "{" : ",{")
        if let district {
          pen.raw("\"district\":")
          names.withTexts { pen.text($0.extracting(district), isPlain: names.arePlain) }
          pen.raw(",")
        }
        pen.raw("\"grams\":")
        pen.number(share.grams)
        pen.raw(",\"plot\":")
        codes.withTexts { pen.text($0.extracting(code), isPlain: codes.arePlain) }
        if let producer {
          pen.raw(",\"producer\":")
          names.withTexts { pen.text($0.extracting(producer), isPlain: names.arePlain) }
        }
        pen.raw(",\"verdict\":")
        pen.text(verdict.span, isPlain: true)
        pen.raw("}")
      }
    }
  }
}

extension ProvenanceDownstream {
  /// The bytes that an encoder with sorted keys would give.
  public func json() -> [UInt8] {
    var out = JSONBytes(capacity: 200 + items.count * 70)
    out.raw("{\"items\":[")
    for (index, item) in items.enumerated() {
      if index > 0 { out.raw(",") }
      out.raw("{\"subject\":")
      out.text(item.subject)
      out.raw(",\"verdict\":")
      out.text(item.verdict.rawValue)
      out.raw("}")
    }
    out.raw("],\"lotCount\":")
    out.number(Int64(lotCount))
    out.raw(",")
    out.field("\"next\":", next)
    out.raw("\"position\":")
    out.number(position)
    out.raw(",\"shipmentCount\":")
    out.number(Int64(shipmentCount))
    out.raw(",\"subject\":")
    out.text(subject.description)
    out.raw("}")
    return out.finished()
  }
}

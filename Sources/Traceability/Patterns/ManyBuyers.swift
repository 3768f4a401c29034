import ValueTypes

/// One producer sells one commodity to more organisations in a season than is plausible.
extension PatternSearch {
  private struct Key: Hashable {
    let producer: ProducerCode
    let commodity: String
    let year: Int
  }

  func manyBuyers(_ limit: Catalogue.PatternLimits.Buyers) -> [Found] {
    var purchases: [Key: [LotCode: LotPurchased]] = [:]
    for (code, lot) in world.lots {
      guard case .purchased(let event) = lot.origin, case .producer(let producer) = event.seller,
        let commodity = catalogue.commodity(of: event.product)
      else { continue }
      // Sold when it was harvested, as far as is known: a record may come much later.
      let day = event.oldestHarvest ?? lot.createdAt.localDate
      let key = Key(
        producer: producer, commodity: commodity.code, year: commodity.season(of: day).year)
      purchases[key, default: [:]][code] = event
    }
    return purchases.compactMap { key, bought in
      let buyers = Set(bought.values.map(\.buyer)).sorted()
      guard buyers.count > limit.most else { return nil }
      let lots = bought.keys.sorted()
      return Found(
        kind: .manyBuyers, severity: .notice, about: .producer(key.producer),
        when: "\(key.year)/\(key.commodity)", size: Int64(buyers.count),
        subjects: lots.map(StreamKey.lot),
        restsOn: lots.map { EventReference(stream: .lot($0), version: 1) },
        figures: [
          "producer": key.producer.text, "season": "\(key.year)", "commodity": key.commodity,
          "buyers": "\(buyers.count)", "most": "\(limit.most)",
          "names": buyers.prefix(20).map(\.text).joined(separator: ", "),
        ])
    }
  }
}

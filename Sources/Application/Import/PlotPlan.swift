import Tabular
import Traceability

/// What a file says of a plot besides its outline.
struct PlotPlan {
  let code: PlotCode?
  let producer: ProducerCode?
  let commodities: [String]
  let district: String?
  let country: String?
  let squareMetres: Int64?
  let planted: Int?

  init(
    code: PlotCode?, producer: ProducerCode?, commodities: [String], district: String?,
    country: String?, squareMetres: Int64?, planted: Int?
  ) {
    self.code = code
    self.producer = producer
    self.commodities = commodities
    self.district = district
    self.country = country
    self.squareMetres = squareMetres
    self.planted = planted
  }

  /// Reads the columns that tables of points and of outlines share.
  init(code: PlotCode?, from cells: inout RowReader, decimal sign: DecimalSign) {
    self.code = code
    producer = cells.optional("producer", .code())
    commodities =
      cells.optional("commodity", .text())?.split(separator: ";").map(String.init) ?? []
    district = cells.optional("district", .text(maxScalars: 40))
    squareMetres = cells.optional("area", .squareMetres(decimal: sign))
    planted = cells.optional("planted", .integer()).flatMap { Int(exactly: $0) }
    country = cells.optional("country", .country())
  }

  /// Catalogue codes where the words are known; other words as they are, in lower case.
  func commodityCodes(_ catalogue: Catalogue) -> [String] {
    commodities.map { word in
      let name = HeadingName(word)
      let known = catalogue.commodities.first { commodity in
        [commodity.code, commodity.es, commodity.en].contains { HeadingName($0) == name }
      }
      return known?.code ?? word.lowercased()
    }
  }
}

/// What a ``PlotPlace`` says, in Spanish and English.
extension PlotPlace {
  /// One line a fact: country, district, nearness of lines, districts made later.
  public func lines(in language: MessageLanguage) -> [String] {
    let es = language == .spanish
    var lines = [countryLine(es), districtLine(es)]
    if let metres = districtBoundaryMetres {
      let names = otherDistricts.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
      lines.append(near(metres, es ? "distritos" : "districts", names, es))
    }
    if let metres = countryBoundaryMetres {
      lines.append(
        near(metres, es ? "países" : "countries", otherCountries.joined(separator: ", "), es))
    }
    for change in changes {
      lines.append(
        es
          ? "Desde \(change.date) (\(change.law)) parte es \(change.new.name) "
            + "(\(change.new.code)), que este mapa no muestra."
          : "Since \(change.date) (\(change.law)) part of it is \(change.new.name) "
            + "(\(change.new.code)), which this map does not show.")
    }
    return lines
  }

  private func countryLine(_ es: Bool) -> String {
    guard let country else { return es ? "País: ninguno en el mapa." : "Country: none on the map." }
    return es ? "País: \(country)." : "Country: \(country)."
  }

  private func districtLine(_ es: Bool) -> String {
    guard let district else {
      return es ? "Distrito: ninguno en el mapa." : "District: none on the map."
    }
    let percent = Figure.text(districtShare * 100, decimals: 1)
    let place = "\(district.name) (\(district.code)), \(district.province), \(district.department)"
    return es
      ? "Distrito: \(place); \(percent) % de la parcela."
      : "District: \(place); \(percent) % of the plot."
  }

  private func near(_ metres: Double, _ kind: String, _ names: String, _ es: Bool) -> String {
    let distance = Figure.text(metres, decimals: 0)
    let beside = names.isEmpty ? "" : (es ? ", junto a \(names)" : ", beside \(names)")
    return es
      ? "Cerca del límite de \(kind) (\(distance) m\(beside)): el mapa no basta para decidir."
      : "Near the boundary of \(kind) (\(distance) m\(beside)): the map cannot decide."
  }
}

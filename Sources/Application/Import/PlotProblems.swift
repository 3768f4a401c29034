import Land
import Tabular

extension RowProblem {
  /// A geometry that cannot stand for a plot.
  init(_ finding: GeometryFinding, file: String, row: Int) {
    self.init(
      file: file, row: row, column: finding.place.isEmpty ? "geometry" : finding.place, value: "",
      code: finding.code + "." + finding.problem.rawValue,
      reason: Tabular.Wording(
        es: finding.message(in: .spanish), en: finding.message(in: .english)),
      remedy: Tabular.Wording(
        es: finding.remedy(in: .spanish), en: finding.remedy(in: .english)))
  }

  static func axesSwapped(
    _ file: String, _ row: Int, _ place: String, _ country: String
  ) -> RowProblem {
    RowProblem(
      file: file, row: row, column: place.isEmpty ? "geometry" : place, value: "",
      code: "G01.axes-swapped",
      reason: Tabular.Wording(
        es: "No cae en ningún país productor; con los ejes cambiados cae en \(country).",
        en: "It lies in no producing country; with its axes swapped it lies in \(country)."),
      remedy: Tabular.Wording(
        es: "Ponga primero la longitud y después la latitud, o indique el país.",
        en: "Put the longitude first and the latitude second, or state the country."))
  }

  static func emptyPlots(_ file: String) -> RowProblem {
    RowProblem(
      file: file, row: 0, column: "features", value: "", code: "plots.none",
      reason: Tabular.Wording(
        es: "El archivo no trae ninguna parcela.", en: "The file holds no plot."),
      remedy: Tabular.Wording(
        es: "Dé un FeatureCollection con una parcela por elemento.",
        en: "Give a FeatureCollection with one plot a feature."))
  }

  static func badOption(
    _ file: String, _ row: Int, _ option: String, _ value: String
  ) -> RowProblem {
    RowProblem(
      file: file, row: row, column: option, value: value, code: "code.form",
      reason: Tabular.Wording(es: "No es un código válido.", en: "It is not a valid code."),
      remedy: Tabular.Wording(
        es: "Corrija la opción \(option).", en: "Correct the option \(option)."))
  }

  /// A file that could not be read at all.
  init(_ error: TabularError) {
    self.init(
      file: error.file, row: error.place.row ?? error.place.line ?? 0, column: "", value: "",
      code: error.code.rawValue, reason: error.reason, remedy: error.remedy)
  }

  init(_ error: GeoJSONError, file: String) {
    self.init(
      file: file, row: error.featureIndex.map { $0 + 1 } ?? 0, column: error.place, value: "",
      code: error.code.rawValue,
      reason: Tabular.Wording(es: error.message(in: .spanish), en: error.message(in: .english)),
      remedy: Tabular.Wording(es: error.remedy(in: .spanish), en: error.remedy(in: .english)))
  }
}

extension RowProblem {
  /// A vector file, or one feature of it, that could not be read.
  init(_ error: VectorError, file: String) {
    self.init(
      file: file, row: error.feature ?? 0, column: error.place, value: "",
      code: error.code.rawValue,
      reason: Tabular.Wording(es: error.message(in: .spanish), en: error.message(in: .english)),
      remedy: Tabular.Wording(es: error.remedy(in: .spanish), en: error.remedy(in: .english)))
  }
}

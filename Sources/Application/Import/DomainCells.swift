import Land
import Tabular
import Traceability
import ValueTypes

/// Cells that hold the domain's own values.
extension CellReader {
  static func code<Kind: CodeKind>() -> CellReader where Value == Code<Kind> {
    CellReader { cell throws(CellProblem) in
      do {
        return try Code<Kind>(cell.text)
      } catch {
        throw cell.problem(
          "code.form",
          Tabular.Wording(
            es: "No es un código válido.", en: "It is not a valid \(Kind.label)."),
          Tabular.Wording(
            es: "Use de 1 a 64 letras, cifras o los signos - _ . / sin espacios.",
            en: "Use 1 to 64 letters, digits or the signs - _ . / without spaces."))
      }
    }
  }

  static func mass(_ sign: DecimalSign) -> CellReader where Value == Grams {
    CellReader { cell throws(CellProblem) in
      let value = try CellReader<Int64>.grams(decimal: sign).read(cell)
      do {
        return try Grams(value)
      } catch {
        throw cell.problem(
          "mass.range",
          Tabular.Wording(es: "Masa fuera de rango.", en: "The mass is out of range."),
          Tabular.Wording(
            es: "Indique kilogramos entre 0 y mil millones de toneladas.",
            en: "Give kilograms between 0 and a thousand million tonnes."))
      }
    }
  }

  static func digest() -> CellReader where Value == SHA256Digest {
    CellReader { cell throws(CellProblem) in
      guard let digest = SHA256Digest(hex: cell.text) else {
        throw cell.problem(
          "sha256.form",
          Tabular.Wording(es: "No es un SHA-256.", en: "It is not a SHA-256."),
          Tabular.Wording(
            es: "Escriba las 64 cifras hexadecimales que da «sha256sum archivo».",
            en: "Write the 64 hexadecimal digits that “sha256sum file” gives."))
      }
      return digest
    }
  }

  /// A product by its code or its name in either language.
  static func product(_ catalogue: Catalogue) -> CellReader where Value == ProductCode {
    .oneOf(catalogue.products.map { ($0.code, [$0.code.text, $0.es, $0.en]) })
  }

  static func process(_ catalogue: Catalogue) -> CellReader where Value == ProcessCode {
    .oneOf(catalogue.processes.map { ($0.code, [$0.code.text, $0.es, $0.en]) })
  }

  static func country() -> CellReader where Value == String {
    CellReader { cell throws(CellProblem) in
      let text = cell.text.uppercased()
      guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
        throw cell.problem(
          "country.form",
          Tabular.Wording(es: "No es un código de país.", en: "It is not a country code."),
          Tabular.Wording(
            es: "Use dos letras (ISO 3166): PE, NL.", en: "Use two letters (ISO 3166): PE, NL."))
      }
      return text
    }
  }

  static func organisationKind() -> CellReader where Value == OrganisationKind {
    .oneOf([
      (.cooperative, ["cooperativa", "cooperative"]),
      (.association, ["asociacion", "association"]), (.mill, ["planta", "mill", "extractora"]),
      (.collector, ["acopiador", "acopiadora", "collector"]),
      (.exporter, ["exportador", "exportadora", "exporter"]),
      (.importer, ["importador", "importadora", "importer"]),
      (.authority, ["autoridad", "authority"]),
    ])
  }

  static func tenureKind() -> CellReader where Value == TenureKind {
    .oneOf([
      (.title, ["titulo", "title"]), (.cusaf, ["cusaf", "ccusaf"]),
      (.possession, ["posesion", "possession"]), (.ppa, ["ppa"]),
    ])
  }

  static func datasetKind(
    _ kinds: [DatasetKinds.Entry]
  ) -> CellReader where Value == DatasetKind {
    .oneOf(kinds.map { ($0.kind, [$0.kind.rawValue] + $0.aliases) })
  }
}

extension CellReader where Value == GeoJSONGeometry {
  /// A geometry in Well-Known Text.
  static var outline: CellReader {
    CellReader { cell throws(CellProblem) in
      do throws(WKTError) {
        return try WKTReader.geometry(cell.text)
      } catch {
        throw cell.problem(
          error.code.rawValue,
          Tabular.Wording(es: error.message(in: .spanish), en: error.message(in: .english)),
          Tabular.Wording(es: error.remedy(in: .spanish), en: error.remedy(in: .english)))
      }
    }
  }
}

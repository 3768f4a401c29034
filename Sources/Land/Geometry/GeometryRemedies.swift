/// What the person who sent a geometry can do about a finding.
extension GeometryProblem {
  var remedies: (es: String, en: String) {
    switch self {
    case .geometryMissing, .geometryEmpty:
      (
        "Registre el contorno de la parcela, o un punto si mide hasta 4 ha.",
        "Record the plot's boundary, or a point if it is up to 4 ha."
      )
    case .lineNotPlot:
      (
        "Cierre el recorrido y expórtelo como polígono.",
        "Close the track and export it as a polygon."
      )
    case .mixedGeometry, .severalPoints:
      ("Envíe cada parcela como un elemento aparte.", "Send each plot as a feature of its own.")
    case .tooManyVertices, .tooTangled:
      (
        "Simplifique el contorno (tolerancia de 1 m) o divida la parcela.",
        "Simplify the boundary (tolerance of 1 m), or divide the plot."
      )
    case .crossesAntimeridian:
      (
        "Corrija la longitud; si la parcela cruza el meridiano 180, divídala ahí (RFC 7946).",
        "Correct the longitude; a plot across the 180th meridian is divided there (RFC 7946)."
      )
    case .threeCorners:
      (
        "Si el terreno no es un triángulo, mida las esquinas que faltan.",
        "If the land is no triangle, measure the corners that are missing."
      )
    case .ringClosed:
      (
        "Compruebe que el recorrido terminó donde empezó.",
        "Check that the walk ended where it began."
      )
    case .axesTurned:
      (
        "Compruebe el lugar en el mapa; en adelante escriba primero la longitud.",
        "Check the place on the map; from now on write the longitude first."
      )
    case .spikeRemoved:
      (
        "Nada; si ahí hay un camino o un lindero propio, mídalo como parcela aparte.",
        "Nothing; if there is a track or a strip of its own, measure it as another plot."
      )
    case .tooFewPositions:
      (
        "Añada los vértices que faltan y cierre el anillo.",
        "Add the missing corners and close the ring."
      )
    case .ringNotClosed:
      (
        "Repita la primera posición al final, si el recorrido llegó hasta ella.",
        "Repeat the first position at the end, if the track did arrive there."
      )
    case .notFinite, .outOfRange:
      (
        "Corrija la coordenada; use grados de WGS 84, no metros.",
        "Correct the coordinate; use degrees of WGS 84, not metres."
      )
    case .axesSwapped:
      (
        "Escriba primero la longitud y después la latitud.",
        "Write the longitude first, then the latitude."
      )
    case .noArea:
      ("Vuelva a medir el contorno.", "Measure the boundary again.")
    case .windingTurned, .furtherNumbersDropped, .collectionJoined, .duplicatePositions:
      ("No hace falta hacer nada.", "Nothing needs doing.")
    case .selfIntersection:
      (
        "Mueva o quite el vértice del lugar indicado.",
        "Move or remove the corner at the place named."
      )
    case .ringRepeated:
      ("Quite uno de los dos anillos.", "Remove one of the two rings.")
    case .holeOutsideShell:
      (
        "Lleve el hueco dentro del contorno o quítelo.",
        "Bring the hole inside the boundary, or remove it."
      )
    case .partsOverlap:
      ("Una las dos partes en un solo contorno.", "Join the two parts into one boundary.")
    case .invalid, .notChecked:
      (
        "Corrija el lugar indicado o vuelva a dibujar el contorno.",
        "Correct the place named, or draw the boundary again."
      )
    case .hole:
      (
        "Al declarar, la parcela se cortará en partes sin huecos; o divídala usted.",
        "For a statement it will be cut into parts without holes; or divide it yourself."
      )
    case .crossesWhenCut:
      (
        "Separe los vértices de ese lugar al menos 0,2 m, o quite uno.",
        "Move the corners at that place at least 0.2 m apart, or remove one."
      )
    case .duplicateWhenCut:
      (
        "Nada: al declarar se quitan; o quite usted los vértices a menos de 0,2 m.",
        "Nothing: they are left out of a statement; or remove corners under 0.2 m apart."
      )
    case .shortSegment, .spike, .sliver:
      (
        "Revise el contorno; quite los vértices que sobran.",
        "Look at the boundary; remove corners that do not belong."
      )
    case .round, .rectangle, .drawnBox:
      (
        "Confirme que se midió en el campo y no se dibujó.",
        "Confirm that it was measured in the field and not drawn."
      )
    case .fewDecimals:
      (
        "Exporte con 6 decimales o más; si faltan, mida otra vez.",
        "Export with 6 decimals or more; if they are missing, measure again."
      )
    case .lattice:
      (
        "Mida el contorno en el campo; no lo calque de un mapa ni complete decimales con ceros.",
        "Measure the boundary in the field; do not trace a map or fill decimals up with zeros."
      )
    case .declaredAreaNotPositive, .declaredAreaTooSmall:
      ("Corrija la superficie declarada.", "Correct the declared area.")
    case .pointTooLarge:
      ("Levante el contorno de la parcela.", "Survey the plot's boundary.")
    case .pointWithoutArea:
      ("Indique la superficie (area_ha).", "State the area (area_ha).")
    case .areaDiffers:
      (
        "Revise la superficie declarada y el contorno.",
        "Check both the declared area and the boundary."
      )
    case .sameGeometry:
      (
        "Quite una de las dos, o mida de nuevo la que tiene el contorno de la otra.",
        "Remove one of the two, or measure again the one that has the other's boundary."
      )
    case .overlapCritical, .overlapWarning:
      (
        "Revise con los dos productores el lindero común y mídalo otra vez.",
        "Check the common boundary with both producers, and measure it again."
      )
    case .overlapNoise:
      (
        "Nada: es menos que el error de un receptor.",
        "Nothing: it is less than a receiver's error."
      )
    case .outsideCountry, .nearCountryBoundary, .outsideDistrict, .nearDistrictBoundary,
      .districtUnknown, .offDistrictMap, .districtFilled, .districtFilledNearBoundary,
      .districtUnclear:
      placeRemedies
    }
  }
}

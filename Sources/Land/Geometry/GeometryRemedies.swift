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
    case .shortSegment, .spike, .sliver:
      (
        "Revise el contorno; quite los vértices que sobran.",
        "Look at the boundary; remove corners that do not belong."
      )
    case .round, .rectangle:
      (
        "Confirme que se midió en el campo y no se dibujó.",
        "Confirm that it was measured in the field and not drawn."
      )
    case .fewDecimals:
      (
        "Exporte con 6 decimales o más; si faltan, mida otra vez.",
        "Export with 6 decimals or more; if they are missing, measure again."
      )
    case .declaredAreaNotPositive:
      ("Corrija la superficie declarada.", "Correct the declared area.")
    case .pointTooLarge:
      ("Levante el contorno de la parcela.", "Survey the plot's boundary.")
    case .areaDiffers:
      (
        "Revise la superficie declarada y el contorno.",
        "Check both the declared area and the boundary."
      )
    }
  }
}

/// What findings say.
extension GeometryProblem {
  var texts: (es: String, en: String) {
    switch self {
    case .geometryMissing:
      ("La parcela no tiene geometría.", "The plot has no geometry.")
    case .geometryEmpty:
      ("La geometría está vacía.", "The geometry is empty.")
    case .lineNotPlot:
      ("Una línea ({type}) no es una parcela.", "A line ({type}) is no plot.")
    case .mixedGeometry:
      ("Hay puntos y polígonos en una misma parcela.", "One plot holds both points and polygons.")
    case .severalPoints:
      ("Hay {count} puntos en una misma parcela.", "One plot holds {count} points.")
    case .tooFewPositions:
      (
        "El anillo tiene {count} posiciones; necesita 4 o más, y al menos 3 distintas.",
        "The ring has {count} positions; it needs 4 or more, at least 3 of them distinct."
      )
    case .ringNotClosed:
      (
        "El anillo no está cerrado: la última posición dista {metres} m de la primera.",
        "The ring is not closed: its last position is {metres} m from its first."
      )
    case .notFinite:
      ("Una coordenada no es un número finito.", "A coordinate is no finite number.")
    case .outOfRange:
      (
        "La posición [{longitude}, {latitude}] está fuera del mundo.",
        "The position [{longitude}, {latitude}] is outside the world."
      )
    case .axesSwapped:
      (
        "Latitud y longitud están intercambiadas en [{longitude}, {latitude}].",
        "Latitude and longitude are swapped in [{longitude}, {latitude}]."
      )
    case .noArea:
      (
        "El polígono no encierra superficie ({squareMetres} m²).",
        "The polygon encloses no area ({squareMetres} m²)."
      )
    case .windingTurned:
      (
        "Se invirtió el sentido del anillo (RFC 7946).",
        "The ring was turned to the direction of RFC 7946."
      )
    case .furtherNumbersDropped:
      (
        "Se quitó la altitud de {count} posiciones.",
        "The altitude of {count} positions was dropped."
      )
    case .collectionJoined:
      (
        "Se unieron {count} geometrías en una parcela.",
        "{count} geometries were joined into one plot."
      )
    case .selfIntersection:
      (
        "El contorno se cruza o se toca a sí mismo en [{longitude}, {latitude}].",
        "The boundary crosses or touches itself at [{longitude}, {latitude}]."
      )
    case .ringRepeated:
      ("El mismo anillo aparece dos veces.", "The same ring stands twice.")
    case .holeOutsideShell:
      (
        "Un hueco sale del contorno o está dentro de otro, en [{longitude}, {latitude}].",
        "A hole leaves the boundary, or lies in another hole, at [{longitude}, {latitude}]."
      )
    case .partsOverlap:
      (
        "Dos partes de la parcela se superponen o comparten un lado en [{longitude}, {latitude}].",
        "Two parts of the plot overlap or share a side at [{longitude}, {latitude}]."
      )
    case .invalid:
      (
        "La geometría no es válida en [{longitude}, {latitude}]: {reason}.",
        "The geometry is not valid at [{longitude}, {latitude}]: {reason}."
      )
    case .notChecked:
      (
        "No se pudo comprobar la geometría: {reason}.",
        "The geometry could not be checked: {reason}."
      )
    case .hole:
      (
        "La parcela tiene {count} huecos; el sistema de la UE no los acepta.",
        "The plot has {count} holes; the EU system does not accept them."
      )
    case .duplicatePositions:
      ("Se quitaron {count} posiciones repetidas.", "{count} repeated positions were removed.")
    case .shortSegment:
      (
        "Hay {count} lados de menos de {limit} m; el menor mide {metres} m.",
        "{count} sides are shorter than {limit} m; the shortest has {metres} m."
      )
    case .spike:
      (
        "Hay una punta de {degrees}° en [{longitude}, {latitude}].",
        "There is a spike of {degrees}° at [{longitude}, {latitude}]."
      )
    case .sliver:
      (
        "El polígono es muy delgado: {metres} m de ancho medio.",
        "The polygon is a sliver: {metres} m wide on average."
      )
    case .round:
      ("El polígono es casi un círculo.", "The polygon is nearly a circle.")
    case .rectangle:
      ("El polígono es un rectángulo {orientation}.", "The polygon is a rectangle {orientation}.")
    case .fewDecimals:
      (
        "{count} de {total} posiciones tienen menos de 6 decimales (mínimo: {decimals}).",
        "{count} of {total} positions have fewer than 6 decimals (fewest: {decimals})."
      )
    case .declaredAreaNotPositive:
      (
        "La superficie declarada ({hectares} ha) no es positiva.",
        "The declared area ({hectares} ha) is not positive."
      )
    case .pointTooLarge:
      (
        "Un punto sólo vale hasta {limit} ha; se declaran {hectares} ha.",
        "A point will do up to {limit} ha only; {hectares} ha are declared."
      )
    case .areaDiffers:
      (
        "Se declaran {hectares} ha y el polígono mide {measured} ha.",
        "{hectares} ha are declared and the polygon measures {measured} ha."
      )
    }
  }
}

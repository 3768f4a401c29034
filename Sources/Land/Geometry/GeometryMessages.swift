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
    case .tooManyVertices:
      (
        "La geometría tiene {count} posiciones; el máximo es {limit}.",
        "The geometry has {count} positions; the most is {limit}."
      )
    case .tooTangled:
      (
        "Hay {count} pares de lados que comparten longitudes o latitudes; el máximo es {limit}.",
        "{count} pairs of sides share longitudes or latitudes; the most is {limit}."
      )
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
    case .crossesAntimeridian:
      (
        "Un lado que empieza en [{longitude}, {latitude}] da media vuelta al mundo o más.",
        "A side that starts at [{longitude}, {latitude}] goes half round the world or more."
      )
    case .noArea:
      (
        "El polígono no encierra superficie ({squareMetres} m²).",
        "The polygon encloses no area ({squareMetres} m²)."
      )
    case .threeCorners:
      (
        "El contorno sólo tiene 3 esquinas; el sistema de la UE pide 4 puntos no alineados.",
        "The boundary has only 3 corners; the EU system asks for 4 points not in line."
      )
    case .ringClosed:
      (
        "Se cerró el anillo: su última posición estaba a {metres} m de la primera.",
        "The ring was closed: its last position was {metres} m from its first."
      )
    case .axesTurned:
      (
        "Se intercambiaron latitud y longitud de {count} posiciones; así caen en el país indicado.",
        "Latitude and longitude of {count} positions were exchanged; so they lie in the country."
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
      ("El anillo {ring} repite otro anillo.", "Ring {ring} repeats another ring.")
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
    case .crossesWhenCut:
      (
        "Cortado a 6 decimales, como hace la UE, el contorno deja de ser válido en "
          + "[{longitude}, {latitude}].",
        "Cut off at 6 decimals, as the EU system does, the boundary is no longer valid at "
          + "[{longitude}, {latitude}]."
      )
    case .spikeRemoved:
      (
        "Se quitaron {count} posiciones de una punta sin ancho en [{longitude}, {latitude}].",
        "{count} positions of a spike of no width were removed at [{longitude}, {latitude}]."
      )
    case .duplicatePositions:
      ("Se quitaron {count} posiciones repetidas.", "{count} repeated positions were removed.")
    case .duplicateWhenCut:
      (
        "Cortadas a 6 decimales, {count} posiciones repiten la anterior; la primera está en "
          + "[{longitude}, {latitude}].",
        "Cut off at 6 decimals, {count} positions repeat the one before; the first is at "
          + "[{longitude}, {latitude}]."
      )
    case .shortSegment:
      (
        "Hay {count} lados de menos de {limit} m; el menor mide {metres} m y empieza en "
          + "[{longitude}, {latitude}].",
        "{count} sides are shorter than {limit} m; the shortest has {metres} m and starts at "
          + "[{longitude}, {latitude}]."
      )
    case .spike:
      (
        "Hay una punta de {degrees}° y {metres} m de largo en [{longitude}, {latitude}].",
        "There is a spike of {degrees}°, {metres} m long, at [{longitude}, {latitude}]."
      )
    case .sliver:
      (
        "El polígono es muy delgado: {metres} m de ancho medio, compacidad {compactness}.",
        "The polygon is a sliver: {metres} m wide on average, compactness {compactness}."
      )
    case .round:
      (
        "El polígono es casi un círculo de {metres} m de radio (compacidad {compactness}).",
        "The polygon is nearly a circle of {metres} m radius (compactness {compactness})."
      )
    case .rectangle:
      (
        "El polígono es un rectángulo: llena el {percent} % del menor que lo encierra.",
        "The polygon is a rectangle: it fills {percent} % of the smallest one around it."
      )
    case .drawnBox:
      (
        "El polígono es un rectángulo alineado con los meridianos: parece dibujado en pantalla.",
        "The polygon is a rectangle along the meridians: it looks drawn on a screen."
      )
    case .fewDecimals:
      (
        "{count} de {total} posiciones tienen menos de {least} decimales (mínimo: {decimals}).",
        "{count} of {total} positions have fewer than {least} decimals (fewest: {decimals})."
      )
    case .lattice:
      (
        "Todos los vértices caen en una cuadrícula de {east}° por {north}° ({metres} m).",
        "All corners lie on a lattice of {east}° by {north}° ({metres} m)."
      )
    case .declaredAreaNotPositive:
      (
        "La superficie declarada ({hectares} ha) no es positiva.",
        "The declared area ({hectares} ha) is not positive."
      )
    case .declaredAreaTooSmall:
      (
        "Se declaran {hectares} ha; un punto vale desde {limit} ha.",
        "{hectares} ha are declared; a point will do from {limit} ha on."
      )
    case .pointTooLarge:
      (
        "Un punto sólo vale hasta {limit} ha; se declaran {hectares} ha.",
        "A point will do up to {limit} ha only; {hectares} ha are declared."
      )
    case .pointWithoutArea:
      (
        "El punto no trae superficie; el sistema de la UE tomará {limit} ha.",
        "The point comes without an area; the EU system will take {limit} ha."
      )
    case .areaDiffers:
      (
        "Se declaran {hectares} ha y el polígono mide {measured} ha ({percent} % de diferencia).",
        "{hectares} ha are declared and the polygon measures {measured} ha ({percent} % off)."
      )
    case .sameGeometry:
      (
        "La parcela {other} tiene la misma geometría.",
        "The plot {other} has the same geometry."
      )
    case .overlapCritical:
      (
        "Se superpone con la parcela {other}: {hectares} ha, el {percent} % de la menor; "
          + "es demasiado para ser error de medición.",
        "It overlaps the plot {other}: {hectares} ha, {percent} % of the smaller; "
          + "that is too much to be an error of measuring."
      )
    case .overlapWarning:
      (
        "Se superpone con la parcela {other}: {hectares} ha, el {percent} % de la menor.",
        "It overlaps the plot {other}: {hectares} ha, {percent} % of the smaller."
      )
    case .overlapNoise:
      (
        "Roza la parcela {other}: {hectares} ha, el {percent} % de la menor.",
        "It grazes the plot {other}: {hectares} ha, {percent} % of the smaller."
      )
    case .outsideCountry, .nearCountryBoundary, .outsideDistrict, .nearDistrictBoundary,
      .districtUnknown, .offDistrictMap, .districtFilled, .districtFilledNearBoundary,
      .districtUnclear:
      placeTexts
    }
  }
}

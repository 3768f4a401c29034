/// G11: what findings about a plot's place say, and what can be done about them.
extension GeometryProblem {
  var placeTexts: (es: String, en: String) {
    switch self {
    case .outsideCountry:
      (
        "La parcela figura en {country} y el {percent} % de ella está allí; según {dataset} está "
          + "en {foundCountry}: {found}.",
        "The plot is said to lie in {country} and {percent} % of it does; as {dataset} shows, it "
          + "lies in {foundCountry}: {found}."
      )
    case .nearCountryBoundary:
      (
        "La parcela figura en {country} y el {percent} % de ella está allí según {dataset}, que "
          + "muestra {foundCountry}; el límite está a menos de 20 km y el mapa no basta.",
        "The plot is said to lie in {country} and {percent} % of it does, as {dataset} shows; it "
          + "shows {foundCountry}, but the boundary is within 20 km and the map cannot decide."
      )
    case .outsideDistrict:
      (
        "Solo el {percent} % de la parcela está en el distrito declarado ({declared}); según "
          + "{dataset} está en {found}.",
        "Only {percent} % of the plot lies in the district declared ({declared}); as {dataset} "
          + "shows, it lies in {found}."
      )
    case .nearDistrictBoundary:
      (
        "El {percent} % de la parcela está en el distrito declarado ({declared}); {dataset} "
          + "muestra {found}, pero está junto al límite y el mapa no basta para decidir.",
        "{percent} % of the plot lies in the district declared ({declared}); {dataset} shows "
          + "{found}, but it is near the boundary and the map cannot decide."
      )
    case .districtUnknown:
      (
        "Ningún distrito de {dataset} se llama «{declared}»; la parcela está en {found}.",
        "No district of {dataset} is called “{declared}”; the plot lies in {found}."
      )
    case .offDistrictMap:
      (
        "Ningún distrito de {dataset} contiene la parcela, en [{longitude}, {latitude}].",
        "No district of {dataset} holds the plot, at [{longitude}, {latitude}]."
      )
    case .districtFilled:
      (
        "No nombra su distrito; se registró el del mapa {dataset}: {found}, con el {percent} % de "
          + "la parcela.",
        "It names no district; that of the map {dataset} was recorded: {found}, with {percent} % "
          + "of the plot."
      )
    case .districtFilledNearBoundary:
      (
        "No nombra su distrito; se registró el del mapa {dataset}: {found}, con el {percent} % de "
          + "la parcela, pero el límite está a {metres} m.",
        "It names no district; that of the map {dataset} was recorded: {found}, with {percent} % "
          + "of the plot, but the boundary is {metres} m away."
      )
    default:
      (
        "No nombra su distrito y el mapa {dataset} no basta para decir cuál es: {found} "
          + "(el mayor, con el {percent} % de la parcela).",
        "It names no district, and the map {dataset} cannot tell which it is: {found} "
          + "(the largest with {percent} % of the plot)."
      )
    }
  }

  var placeRemedies: (es: String, en: String) {
    switch self {
    case .outsideCountry:
      (
        "Corrija el país, o mida de nuevo la parcela.",
        "Correct the country, or measure the plot again."
      )
    case .outsideDistrict, .districtUnknown:
      (
        "Corrija el distrito (ubigeo), o mida de nuevo la parcela.",
        "Correct the district (ubigeo), or measure the plot again."
      )
    case .offDistrictMap:
      (
        "Compruebe el lugar; si está bien, registre un mapa de distritos que lo cubra.",
        "Check the place; if it is right, register a map of districts that covers it."
      )
    case .nearCountryBoundary, .nearDistrictBoundary, .districtFilled:
      (
        "Nada, si el productor lo confirma.",
        "Nothing, if the producer confirms it."
      )
    default:
      (
        "Pregunte al productor y escriba el distrito (ubigeo) en el archivo.",
        "Ask the producer, and write the district (ubigeo) in the file."
      )
    }
  }
}

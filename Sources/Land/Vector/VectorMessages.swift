/// What a ``VectorError`` says, in Spanish and English.
extension VectorError.Code {
  var texts: (es: String, en: String) {
    switch self {
    case .notLocalFile:
      ("No es un archivo de esta máquina: {reason}.", "It is no file of this machine: {reason}.")
    case .tooManyBytes:
      (
        "El archivo tiene {found} bytes; el máximo es {limit}.",
        "The file has {found} bytes; the most is {limit}."
      )
    case .unknownFormat:
      (
        "El contenido no es GeoJSON, GeoPackage, KML, KMZ ni un zip.",
        "The content is neither GeoJSON, GeoPackage, KML, KMZ nor a zip."
      )
    case .endingLies:
      (
        "El nombre termina en {ending} y el contenido es {found}.",
        "The name ends in {ending} and the content is {found}."
      )
    case .bareShapefile:
      (
        "Un .shp solo no basta: faltan los datos y el sistema de coordenadas.",
        "A .shp alone is not enough: its data and its reference system are missing."
      )
    case .inUse:
      (
        "Otro programa tiene abierto el GeoPackage: hay cambios fuera de él.",
        "Another program has the GeoPackage open: changes stand outside it."
      )
    case .cannotOpen:
      ("No se puede abrir como {format}: {reason}.", "Cannot be opened as {format}: {reason}.")
    case .zipDamaged:
      ("El zip está dañado ({reason}).", "The zip is damaged ({reason}).")
    case .zipUnsafeName:
      ("El zip trae una ruta insegura: {place}.", "The zip holds an unsafe path: {place}.")
    case .zipTooManyEntries:
      (
        "El zip trae {found} archivos; el máximo es {limit}.",
        "The zip holds {found} files; the most is {limit}."
      )
    case .zipTooLarge:
      (
        "El zip desempaquetado pasa de {limit} bytes.",
        "The zip unpacks to more than {limit} bytes."
      )
    case .zipNotSupported:
      (
        "{place} está cifrado o comprimido de un modo que no se lee.",
        "{place} is encrypted, or packed in a way that is not read."
      )
    case .kmzNoDocument: ("El KMZ no trae ningún .kml.", "The KMZ holds no .kml.")
    case .kmzSeveralDocuments:
      ("El KMZ trae varios KML: {found}.", "The KMZ holds several KMLs: {found}.")
    case .zipNoShapefile: ("El zip no trae ningún .shp.", "The zip holds no .shp.")
    case .zipSeveralShapefiles:
      (
        "El zip trae varios shapefiles: {found}.", "The zip holds several shapefiles: {found}."
      )
    case .zipPartMissing:
      ("Al shapefile le falta el archivo {place}.", "The shapefile lacks the file {place}.")
    case .kmlNotXML:
      ("El KML no es XML completo: {reason}.", "The KML is not complete XML: {reason}.")
    case .kmlDoctype:
      (
        "El KML declara un DOCTYPE o entidades, que no se leen.",
        "The KML declares a DOCTYPE or entities, which are not read."
      )
    case .kmlLink:
      (
        "El KML remite a otro archivo (NetworkLink), que no se va a buscar.",
        "The KML refers to another file (NetworkLink), which is not fetched."
      )
    case .kmlTooDeep:
      (
        "El KML tiene más de {limit} elementos uno dentro de otro.",
        "The KML has more than {limit} elements inside one another."
      )
    case .placemarksLost:
      (
        "El KML trae {found} lugares y sólo se leyeron {read}.",
        "The KML holds {found} placemarks and only {read} were read."
      )
    case .noLayer: ("No hay ninguna capa con geometrías.", "No layer holds geometries.")
    case .severalLayers:
      ("Hay varias capas: {found}.", "There are several layers: {found}.")
    case .referenceMissing:
      (
        "La capa {place} no dice en qué sistema de coordenadas está.",
        "The layer {place} does not say which reference system it is in."
      )
    case .cannotReproject:
      (
        "No hay una conversión conocida de {found} a WGS 84 ({reason}).",
        "No known conversion leads from {found} to WGS 84 ({reason})."
      )
    case .tooManyFeatures:
      ("Hay más de {limit} elementos.", "There are more than {limit} features.")
    case .tooManyPositions:
      ("Hay más de {limit} vértices.", "There are more than {limit} positions.")
    case .cannotRead: ("No se puede leer: {reason}.", "It cannot be read: {reason}.")
    case .notText:
      ("El texto del campo {place} no es UTF-8.", "The text of the field {place} is not UTF-8.")
    case .curved:
      ("Tiene arcos ({found}), que no se leen.", "It has arcs ({found}), which are not read.")
    case .noGeometry: ("No tiene geometría.", "It has no geometry.")
    case .notArea: ("Es {found} y no un polígono.", "It is a {found} and no polygon.")
    case .ringNotClosed:
      (
        "Un anillo no está cerrado cerca de [{longitude}, {latitude}].",
        "A ring is not closed near [{longitude}, {latitude}]."
      )
    case .outOfRange:
      (
        "La posición [{longitude}, {latitude}] está fuera del mundo.",
        "The position [{longitude}, {latitude}] is outside the world."
      )
    case .invalid:
      (
        "No es válido en [{longitude}, {latitude}]: {reason}.",
        "It is not valid at [{longitude}, {latitude}]: {reason}."
      )
    case .fieldMissing:
      ("No hay un campo {place}; hay: {found}.", "There is no field {place}; there are: {found}.")
    case .engine: ("El cálculo falló: {reason}.", "The reckoning failed: {reason}.")
    case .areasDisagree:
      (
        "Dentro ({inside} m²) y fuera ({outside} m²) no suman la parcela ({whole} m²).",
        "Inside ({inside} m²) and outside ({outside} m²) do not sum to the plot ({whole} m²)."
      )
    }
  }

  var remedies: (es: String, en: String) {
    switch self {
    case .notLocalFile:
      ("Dé la ruta de un archivo, no una dirección.", "Give the path of a file, not an address.")
    case .tooManyBytes, .tooManyFeatures, .tooManyPositions, .zipTooLarge, .zipTooManyEntries:
      ("Divida el archivo en varios.", "Split the file into several.")
    case .unknownFormat, .cannotOpen, .zipDamaged, .kmlNotXML, .cannotRead, .kmlTooDeep:
      (
        "Expórtelo o descárguelo otra vez; vale GeoJSON, GeoPackage, KML o Shapefile en zip.",
        "Export or download it again; GeoJSON, GeoPackage, KML or a zipped Shapefile will do."
      )
    case .endingLies:
      (
        "Dele la terminación de su contenido, o revise si es el archivo correcto.",
        "Give it the ending of its content, or check that it is the right file."
      )
    case .kmzNoDocument, .kmzSeveralDocuments:
      (
        "Guarde en el KMZ un solo documento con las parcelas, o envíe cada KML aparte.",
        "Keep one document with the plots in the KMZ, or send each KML by itself."
      )
    case .bareShapefile, .zipNoShapefile, .zipPartMissing:
      (
        "Comprima juntos los archivos .shp, .shx, .dbf y .prj.",
        "Zip the files .shp, .shx, .dbf and .prj together."
      )
    case .inUse: ("Ciérrelo allí y repita.", "Close it there and try again.")
    case .zipUnsafeName, .zipNotSupported:
      (
        "Comprima de nuevo sólo los archivos del shapefile, sin contraseña.",
        "Zip only the files of the shapefile anew, without a password."
      )
    case .zipSeveralShapefiles, .severalLayers:
      ("Deje una sola, o indique cuál.", "Keep one of them, or say which.")
    case .kmlDoctype, .kmlLink:
      (
        "Abra el archivo en su programa y exporte las parcelas mismas.",
        "Open the file in its program and export the plots themselves."
      )
    case .placemarksLost:
      ("Expórtelo como GeoJSON.", "Export it as GeoJSON.")
    case .noLayer: ("Exporte la capa de polígonos.", "Export the layer of polygons.")
    case .referenceMissing, .cannotReproject:
      (
        "Expórtelo en WGS 84 (EPSG:4326), o en otro sistema que tenga código EPSG.",
        "Export it in WGS 84 (EPSG:4326), or in another system that has an EPSG code."
      )
    case .notText: ("Guárdelo de nuevo en UTF-8.", "Save it again as UTF-8.")
    case .curved:
      ("Convierta los arcos en segmentos y exporte.", "Turn arcs into segments, then export.")
    case .noGeometry, .notArea:
      ("Quite el elemento o dibuje su contorno.", "Remove the feature, or draw its boundary.")
    case .ringNotClosed, .outOfRange, .invalid:
      (
        "Corrija el elemento en el lugar indicado.", "Correct the feature at the place named."
      )
    case .fieldMissing: ("Indique un campo que exista.", "Name a field that exists.")
    case .engine, .areasDisagree:
      (
        "No use este resultado; comunique el archivo y la parcela.",
        "Do not use this result; report the file and the plot."
      )
    }
  }
}

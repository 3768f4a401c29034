/// The words of ``GeoJSONError``, in Spanish and English.
extension GeoJSONError.Code {
  var texts: (es: String, en: String) {
    switch self {
    case .tooManyBytes:
      (
        "El archivo tiene {found} bytes; el máximo es {limit}.",
        "The file has {found} bytes; the most is {limit}."
      )
    case .notUTF8:
      ("El archivo no está en UTF-8.", "The file is not UTF-8 text.")
    case .tooDeep:
      (
        "Hay más de {limit} niveles de listas y objetos.",
        "Lists and objects are nested more than {limit} deep."
      )
    case .tooManyFeatures:
      ("Hay más de {limit} elementos en el archivo.", "The file has more than {limit} features.")
    case .tooManyPositions:
      ("Hay más de {limit} vértices ({scope}).", "There are more than {limit} positions ({scope}).")
    case .numberTooLong:
      ("Un número tiene más de {limit} caracteres.", "A number has more than {limit} characters.")
    case .endsTooEarly:
      (
        "El archivo termina antes de tiempo: está incompleto.",
        "The file ends too early: it is incomplete."
      )
    case .notJSON:
      (
        "El archivo no es JSON: se esperaba {expected} y hay {found}.",
        "The file is not JSON: expected {expected}, found {found}."
      )
    case .numberOutOfRange:
      ("El número {text} es demasiado grande.", "The number {text} is too large.")
    case .duplicateMember:
      ("El miembro \"{member}\" aparece dos veces.", "The member \"{member}\" stands twice.")
    case .memberMissing:
      ("Falta el miembro \"{member}\".", "The member \"{member}\" is missing.")
    case .misplacedMember:
      (
        "El miembro \"{member}\" no corresponde a un objeto {type}.",
        "The member \"{member}\" does not belong in a {type} object."
      )
    case .wrongKind:
      ("Se esperaba {expected} y hay {found}.", "Expected {expected}, found {found}.")
    case .unknownType:
      (
        "El tipo \"{found}\" no existe en GeoJSON en este lugar.",
        "The type \"{found}\" is none that GeoJSON knows at this place."
      )
    case .badCoordinates:
      (
        "Las coordenadas no tienen la forma de {type}: se esperaba {expected} y hay {found}.",
        "The coordinates do not have the shape of a {type}: expected {expected}, found {found}."
      )
    case .crsNotSupported:
      (
        "El sistema de coordenadas {found} no es WGS 84.",
        "The coordinate reference system {found} is not WGS 84."
      )
    }
  }

  var remedies: (es: String, en: String) {
    switch self {
    case .tooManyBytes, .tooManyFeatures, .tooManyPositions:
      (
        "Divida el archivo en varios y cárguelos uno por uno.",
        "Split the file and load the parts one by one."
      )
    case .notUTF8:
      ("Guarde el archivo de nuevo con codificación UTF-8.", "Save the file again as UTF-8.")
    case .endsTooEarly:
      ("Exporte o descargue el archivo otra vez.", "Export or download the file again.")
    case .tooDeep, .notJSON, .duplicateMember, .numberTooLong, .numberOutOfRange:
      (
        "Corrija el archivo en el lugar indicado o expórtelo otra vez desde su programa.",
        "Correct the file at the place named, or export it again from your program."
      )
    case .memberMissing, .misplacedMember, .wrongKind, .unknownType:
      (
        "Expórtelo como GeoJSON (RFC 7946) o corrija el lugar indicado.",
        "Export it as GeoJSON (RFC 7946), or correct the place named."
      )
    case .badCoordinates:
      (
        "Escriba cada posición como [longitud, latitud] y revise los corchetes.",
        "Write each position as [longitude, latitude] and check the brackets."
      )
    case .crsNotSupported:
      (
        "Transforme las coordenadas a WGS 84 (EPSG:4326) antes de exportar.",
        "Transform the coordinates to WGS 84 (EPSG:4326) before exporting."
      )
    }
  }
}

extension GeoJSONError {
  /// What the reader expects and finds, in Spanish; signs like `','` need no translation.
  static let spanishWords: [String: String] = [
    "the end of the file": "el final del archivo",
    "a member's name": "el nombre de un miembro",
    "a digit": "un dígito",
    "no control character in a text": "un texto sin caracteres de control",
    "an escape": "una secuencia de escape",
    "the second half of a surrogate pair": "la segunda mitad de un par suplente",
    "a whole surrogate pair": "un par suplente completo",
    "four hexadecimal digits": "cuatro dígitos hexadecimales",
    "an object": "un objeto",
    "an array": "una lista",
    "a text": "un texto",
    "a boolean": "verdadero o falso",
    "null": "null",
    "the end": "el final",
    "a number": "un número",
    "a text or a number": "un texto o un número",
    "an object or null": "un objeto o null",
    "four or six numbers": "cuatro o seis números",
    "another list": "otra lista",
    "a list of polygons": "una lista de polígonos",
    "a list of rings or lines": "una lista de anillos o líneas",
    "a list of positions": "una lista de posiciones",
    "a position": "una posición",
    "[longitude, latitude]": "[longitud, latitud]",
    "fewer than two numbers": "menos de dos números",
    "geometry": "geometría",
    "file": "archivo",
  ]
}

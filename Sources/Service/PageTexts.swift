import Traceability

/// The pages' own words; verdicts, reasons and products have theirs in the domain.
enum PageTexts {
  static func all(_ language: Language) -> [String: String] {
    let index = language == .spanish ? 0 : 1
    return texts.mapValues { index == 0 ? $0.es : $0.en }
  }

  private static let texts: [String: (es: String, en: String)] = [
    "claim": (
      "Cacao y palma con origen demostrado, parcela por parcela",
      "Cocoa and palm with proven origin, plot by plot"
    ),
    "checkpoint": ("Punto de control:", "Checkpoint:"),
    "events": ("eventos", "events"),
    "signedNote": ("nota firmada", "signed note"),
    "verifyHint": (
      "No hace falta confiar en esta página: descargue el expediente y verifíquelo sin red con",
      "No need to trust this page: download the bundle and verify it offline with"
    ),
    "provenShare": ("de los lotes, libres de deforestación", "of lots deforestation-free"),
    "search": ("Buscar lote", "Search lot"),
    "verdict": ("Dictamen", "Verdict"),
    "product": ("Producto", "Product"),
    "all": ("Todos", "All"),
    "show": ("Mostrar", "Show"),
    "lot": ("Lote", "Lot"),
    "lots": ("Lotes", "Lots"),
    "holder": ("Lo tiene", "Holder"),
    "left": ("Queda", "Left"),
    "created": ("Fecha", "Date"),
    "createdMass": ("Masa inicial", "Initial mass"),
    "noLots": ("Ningún lote coincide.", "No lot matches."),
    "next": ("Siguientes", "Next"),
    "reasons": ("Motivos", "Reasons"),
    "noReasons": (
      "Todas las parcelas de origen tienen geometría, evaluación y tenencia; la cadena y la masa"
        + " cierran y no hay observaciones abiertas.",
      "Every origin plot has geometry, assessment and tenure; chain and mass close, and no finding"
        + " is open."
    ),
    "restsOn": ("se apoya en", "rests on"),
    "facts": ("Datos", "Facts"),
    "act": ("Acto", "Act"),
    "inTransit": ("En camino a", "On its way to"),
    "unknownOrigin": ("Sin origen", "Unknown origin"),
    "bundle": ("Descargar expediente", "Download bundle"),
    "trace": ("Trazado (JSON)", "Trace (JSON)"),
    "origins": ("Parcelas de origen", "Origin plots"),
    "plot": ("Parcela", "Plot"),
    "producer": ("Productor(a)", "Producer"),
    "erased": ("datos personales borrados", "personal data erased"),
    "district": ("Distrito", "District"),
    "share": ("Parte", "Share"),
    "cameFrom": ("Viene de", "Comes from"),
    "wentTo": ("Fue a", "Went to"),
    "wentNowhere": ("Nada ha salido de este lote.", "Nothing has left this lot."),
    "history": ("Historia", "History"),
    "position": ("Posición", "Position"),
    "event": ("Evento", "Event"),
    "occurred": ("Ocurrió", "Occurred"),
    "recorded": ("Registrado", "Recorded"),
    "by": ("Por", "By"),
    "unknownPlot": ("origen desconocido", "unknown origin"),
    "fromPlot": ("Cosechado en la parcela", "Harvested on plot"),
    "fromNothing": ("No se nombró ningún lote de origen.", "No source lot was named."),
    "moreOrigins": ("parcelas más, en el trazado", "more plots, in the trace"),
    "plotMaps": ("Mapas de las parcelas", "Maps of the plots"),
    "mapOfPlot": ("Mapa de la parcela", "Map of plot"),
    "moreMaps": ("Mostrar los demás mapas", "Show the other maps"),
    "harvest": ("cosecha", "harvest"),
    "purchase": ("compra", "purchase"),
    "blend": ("mezcla", "blend"),
    "split": ("división", "split"),
    "process": ("proceso", "process"),
    "shipment": ("embarque", "shipment"),
    "tap": ("extracción de tanque", "draw-off from a tank"),
    "tank": ("Tanque", "Tank"),
    "balance": ("Balance de masas", "Mass balance"),
    "organisation": ("Organización", "Organisation"),
    "month": ("Mes", "Month"),
    "asOf": ("según los eventos hasta la posición", "as of the events before position"),
    "nothingMoved": ("Nada se movió en estos días.", "Nothing moved in these days."),
    "certified": ("Certificado", "Certified"),
    "finding": ("Observación", "Finding"),
    "findings": ("Observaciones", "Findings"),
    "findingsHint": (
      "Las dudas retienen el dictamen de cuanto alcanzan hasta que una persona las revise.",
      "A doubt holds the verdict of all it reaches until a person has reviewed it."
    ),
    "noFindings": ("Ninguna observación coincide.", "No finding matches."),
    "status": ("Estado", "Status"),
    "kind": ("Clase", "Kind"),
    "concerns": ("Sobre", "Concerns"),
    "assignee": ("A cargo de", "Assigned to"),
    "due": ("Plazo", "Due"),
    "finding.open": ("Abierta", "Open"),
    "finding.assigned": ("Asignada", "Assigned"),
    "finding.upheld": ("Confirmada", "Upheld"),
    "finding.dismissed": ("Descartada", "Dismissed"),
    "finding.reopened": ("Reabierta", "Opened again"),
    "finding.doubt": ("duda", "doubt"),
    "finding.notice": ("aviso", "notice"),
    "whatWasFound": ("Lo observado", "What was found"),
    "notReviewed": ("Nadie la ha revisado todavía.", "Nobody has reviewed it yet."),
    "holdsBack": ("Retiene el dictamen de", "Holds the verdict of"),
    "reaches": ("Alcanza a", "Reaches"),
    "reachesNothing": ("Ningún lote ni embarque.", "No lot and no shipment."),
    "moreInList": ("más", "more"),
    "tankEvents": ("declara sus eventos", "declares its events"),
  ]
}

/// What a balance sheet's lines are called.
public enum BalanceWording {
  public static func text(of place: Movement.Place, in language: Language) -> String {
    let (es, en) =
      switch place {
      case .lots: ("en lotes", "in lots")
      case .tanks: ("en tanques", "in tanks")
      case .transit: ("en camino", "on the way")
      }
    return language == .spanish ? es : en
  }

  public static func text(of kind: Movement.Kind, in language: Language) -> String {
    let pair = pair(kind)
    return language == .spanish ? pair.es : pair.en
  }

  private static func pair(_ kind: Movement.Kind) -> (es: String, en: String) {
    switch kind {
    case .harvested: ("cosechado", "harvested")
    case .bought: ("comprado", "bought")
    case .boughtUnknown: ("comprado sin origen", "bought without origin")
    case .sold: ("vendido", "sold")
    case .regrouped: ("mezclado o dividido", "blended or split")
    case .processedIn: ("a proceso", "into processing")
    case .processedOut: ("de proceso", "out of processing")
    case .dispatched: ("despachado", "dispatched")
    case .received: ("recibido", "received")
    case .returned: ("devuelto", "returned")
    case .loaded: ("cargado para exportar", "loaded for export")
    case .filled: ("vertido en tanques", "poured into tanks")
    case .tapped: ("extraído de tanques", "drawn off tanks")
    case .found: ("hallado al contar", "found by counts")
    case .lost: ("perdido", "lost")
    }
  }
}

public import Traceability

/// What a use case can fail with, beyond a refusal of the domain or an error of the ledger.
public enum ApplicationError: Error, Sendable, CustomStringConvertible {
  case notFound(StreamKey)
  case cannotRead(String, reason: String)
  case cannotWrite(String, reason: String)
  case fileChanged(String)
  case busy(StreamKey)
  /// Another server works on the map of heads.
  case headsBusy
  case datasetMissing(DatasetName, path: String)
  /// Only doubts that rest on a dataset out of use are answered all at once.
  case datasetInUse(DatasetName)
  case geometryMissing(PlotCode)
  /// A plot's map could not be drawn, with the reason in both languages.
  case pictureFailed(PlotCode, es: String, en: String)
  case unsupported(StreamKey)
  case erasureIncomplete(ProducerCode, reason: String)
  case invalidSetting(name: String, value: String, expected: String)
  case catalogueWrong(String, [CatalogueFault])

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .notFound: "not-found"
    case .cannotRead: "cannot-read"
    case .cannotWrite: "cannot-write"
    case .fileChanged: "file-changed"
    case .busy: "busy"
    case .headsBusy: "heads-busy"
    case .datasetMissing: "dataset-missing"
    case .datasetInUse: "dataset-in-use"
    case .geometryMissing: "geometry-missing"
    case .pictureFailed: "picture-failed"
    case .unsupported: "unsupported"
    case .erasureIncomplete: "erasure-incomplete"
    case .invalidSetting: "invalid-setting"
    case .catalogueWrong: "catalogue-wrong"
    }
  }

  public var description: String { message(in: .english) }

  public func message(in language: Language) -> String {
    let pair = texts
    return language == .spanish ? pair.es : pair.en
  }

  private var texts: (es: String, en: String) {
    switch self {
    case .notFound(let subject):
      (
        "«\(subject)» no está en el registro. Revise el código.",
        "“\(subject)” is not in the ledger. Check the code."
      )
    case .cannotRead(let path, let reason):
      ("No se puede leer \(path): \(reason).", "\(path) cannot be read: \(reason).")
    case .cannotWrite(let path, let reason):
      ("No se puede escribir \(path): \(reason).", "\(path) cannot be written: \(reason).")
    case .fileChanged(let path):
      (
        "\(path) cambió mientras se leía. Vuelva a intentarlo.",
        "\(path) changed while it was read. Try again."
      )
    case .busy(let subject):
      (
        "Otros escriben a la vez sobre «\(subject)». Vuelva a intentarlo.",
        "Others write to “\(subject)” at the same time. Try again."
      )
    case .headsBusy:
      (
        "Otro servidor está actualizando el mapa de cabezas del registro. Vuelva a intentarlo en"
          + " unos segundos.",
        "Another server is working on the ledger's map of heads. Try again in a few seconds."
      )
    case .datasetMissing(let name, let path):
      (
        "Falta el mapa «\(name)» en \(path). Vuelva a importarlo.",
        "The map “\(name)” is missing at \(path). Import it again."
      )
    case .datasetInUse(let name):
      (
        "La capa «\(name)» está en uso: lo que muestra se responde observación por observación"
          + " (raiz review CÓDIGO). Si ya no vale, retírela antes con «raiz dataset supersede».",
        "Dataset “\(name)” is in use: what it shows is answered finding by finding (raiz review"
          + " CODE). If it no longer holds, take it out first by “raiz dataset supersede”."
      )
    case .geometryMissing(let plot):
      (
        "Falta la geometría de la parcela «\(plot)». Ejecute «raiz audit».",
        "The geometry of plot “\(plot)” is missing. Run “raiz audit”."
      )
    case .pictureFailed(let plot, let es, let en):
      (
        "No se puede dibujar la parcela «\(plot)»: \(es)",
        "Plot “\(plot)” cannot be drawn: \(en)"
      )
    case .unsupported(let subject):
      (
        "No se puede con «\(subject)»: dé un lote, una parcela o un embarque.",
        "“\(subject)” will not do: give a lot, a plot or a shipment."
      )
    case .erasureIncomplete(let producer, let reason):
      (
        "El borrado de \(producer) está registrado, pero la clave o el texto cifrado siguen ahí:"
          + " \(reason). Corrija eso y repita; «raiz» no arranca sin terminarlo.",
        "The erasure of \(producer) is recorded, but the key or the ciphertext is still there:"
          + " \(reason). Mend that and repeat; raiz does not start before it is done."
      )
    case .catalogueWrong(let path, let faults):
      (
        "El catálogo \(path) no vale: "
          + faults.map { $0.text(in: .spanish) }.joined(separator: " "),
        "Catalogue \(path) will not do: "
          + faults.map { $0.text(in: .english) }.joined(separator: " ")
      )
    case .invalidSetting(let name, let value, let expected):
      (
        "\(name) = «\(value)» no vale: \(expected).",
        "\(name) = “\(value)” will not do: \(expected)."
      )
    }
  }
}

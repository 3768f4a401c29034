/// Refusals in words: what was wrong, where, and what to do.
enum RefusalWording {
  static func template(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .unknownOrganisation, .unknownProducer, .unknownPlot, .unknownLot, .unknownShipment,
      .unknownDataset, .unknownFinding, .unknownProduct, .unknownProcess, .unknownSubject:
      unknown(code)
    case .overdrawn, .outputExceedsInput, .massIsZero, .massTooLarge, .inputTwice,
      .nothingGiven, .productsDiffer, .productNotHarvested, .wrongProductForProcess:
      mass(code)
    case .notHolder, .sellerNotHolder, .sellerIsBuyer, .inTransit, .notInTransit, .wrongReceiver,
      .shipmentSealed, .shipmentNotSealed, .shipmentEmpty:
      custody(code)
    case .nothingToCorrect, .alreadyVoided, .correctionUnfit, .notRecorder, .notReviewed,
      .notOverdue, .reviewerIsParty:
      CorrectionWording.template(code)
    case .notCertified, .certificationUpgrade, .certificationFollows:
      CertificationWording.template(code)
    case .unknownTank, .overCapacity, .tankOverdrawn, .tankNotEmpty, .beforeTankAct,
      .unknownCause, .causeDiffers:
      TankWording.template(code)
    case .noPersonalData, .alreadyErased, .personalDataHeld: PersonWording.template(code)
    default: record(code)
    }
  }

  private static func unknown(_ code: Refusal.Code) -> (es: String, en: String) {
    let (es, en): (String, String) =
      switch code {
      case .unknownOrganisation: ("La organización", "The organisation")
      case .unknownProducer: ("El productor o la productora", "The producer")
      case .unknownPlot: ("La parcela", "The plot")
      case .unknownLot: ("El lote", "The lot")
      case .unknownShipment: ("El embarque", "The shipment")
      case .unknownDataset: ("La capa", "The dataset")
      case .unknownFinding: ("La observación", "The finding")
      case .unknownProduct: ("El producto", "The product")
      case .unknownProcess: ("El proceso", "The process")
      default: ("El objeto", "The subject")
      }
    return (
      es + " «{code}» no está en el registro. Regístrelo primero o corrija el código.",
      en + " «{code}» is not in the ledger. Register it first, or correct the code."
    )
  }

  private static func mass(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .overdrawn:
      (
        "El lote {lot} tiene {holds}; se pidió {wanted}. Tome a lo sumo lo que queda.",
        "Lot {lot} holds {holds}; {wanted} was wanted. Take at most what is left."
      )
    case .outputExceedsInput:
      (
        "Salen {output} pero entraron {input}. Pese de nuevo: ningún proceso crea masa.",
        "{output} come out but {input} went in. Weigh again: no process makes mass."
      )
    case .massIsZero:
      (
        "La masa de {code} es cero. Indique una masa mayor que cero.",
        "The mass of {code} is zero. Give a mass above zero."
      )
    case .massTooLarge:
      (
        "La masa pasa el límite de {limit} g. Revise las unidades.",
        "The mass passes the limit of {limit} g. Check the units."
      )
    case .inputTwice:
      (
        "El lote {lot} figura dos veces. Súmelo en una sola línea.",
        "Lot {lot} is given twice. Add it up in one line."
      )
    case .productsDiffer:
      (
        "El lote {lot} es de {product}; aquí se espera {expected}. No se mezclan productos.",
        "Lot {lot} is {product}; {expected} is expected here. Products are not mixed."
      )
    case .productNotHarvested:
      (
        "{product} no se cosecha: sale de un proceso. Registre el proceso.",
        "{product} is not harvested: it comes from a process. Record the process."
      )
    case .wrongProductForProcess:
      (
        "El proceso {process} no admite {product}. Elija otro proceso o corrija el producto.",
        "Process {process} does not take or give {product}. Choose another, or correct it."
      )
    default:
      (
        "La lista está vacía. Indique al menos un lote, una capa o un objeto.",
        "The list is empty. Give at least one lot, dataset or subject."
      )
    }
  }

  private static func custody(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .notHolder:
      (
        "Lo tiene {holder}, no {actor}. Solo quien lo tiene puede actuar sobre él.",
        "{holder} holds it, not {actor}. Only its holder may act on it."
      )
    case .sellerNotHolder:
      (
        "El lote {lot} lo tiene {holder}, no {actor}: no puede venderlo. Corrija el vendedor.",
        "Lot {lot} is held by {holder}, not {actor}, who cannot sell it. Correct the seller."
      )
    case .sellerIsBuyer:
      (
        "{seller} no puede comprarse a sí misma. Corrija el vendedor, o registre una mezcla.",
        "{seller} cannot buy from itself. Correct the seller, or record a blend."
      )
    case .inTransit:
      (
        "El lote {lot} va en camino a {addressee}. Registre primero la recepción.",
        "Lot {lot} is on its way to {addressee}. Record its receipt first."
      )
    case .notInTransit:
      (
        "El lote {lot} no está en camino: lo tiene {holder}. Registre primero el despacho.",
        "Lot {lot} is not on its way: {holder} holds it. Record the dispatch first."
      )
    case .wrongReceiver:
      (
        "El lote {lot} va dirigido a {addressee}, no a {receiver}. Corrija el receptor.",
        "Lot {lot} is addressed to {addressee}, not {receiver}. Correct the receiver."
      )
    case .shipmentSealed:
      (
        "El embarque {code} ya está sellado. Abra otro embarque.",
        "Shipment {code} is sealed already. Open another shipment."
      )
    case .shipmentNotSealed:
      (
        "El embarque {code} aún no está sellado. Séllelo antes de exportar.",
        "Shipment {code} is not sealed yet. Seal it before exporting."
      )
    default:
      (
        "El embarque {code} no lleva nada. Cargue lotes antes de sellar.",
        "Shipment {code} holds nothing. Load lots before sealing."
      )
    }
  }

  private static func evidence(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .geometryInvalid:
      (
        "La geometría de {plot} no encierra un área: {squareMetres} m², {vertices} vértices."
          + " Levántela de nuevo.",
        "The geometry of {plot} encloses no area: {squareMetres} m², {vertices} vertices."
          + " Survey it again."
      )
    case .datasetChanged:
      (
        "La capa está registrada como {registered}; se dio {given}. Use otro nombre.",
        "The dataset is registered as {registered}; {given} came. Use a new name."
      )
    case .datasetIncomplete:
      (
        "La capa {code} es de clase «{kind}» y le falta {field}. Complétela.",
        "Dataset {code} is of kind «{kind}» and lacks {field}. Complete it."
      )
    case .datasetSuperseded:
      (
        "La capa {code} ya no se usa ({reason}). Use una que esté vigente.",
        "Dataset {code} is used no more ({reason}). Use one that is."
      )
    case .reasonMissing:
      (
        "Falta el motivo del cambio en {code}. Escríbalo.",
        "The reason for the change to {code} is missing. Write it."
      )
    case .assessmentInvalid:
      (
        "La capa {map} no puede dar {squareMetres} m² en una parcela de {plotSquareMetres} m²"
          + " con esas clases. Evalúe de nuevo.",
        "Dataset {map} cannot give {squareMetres} m² on a plot of {plotSquareMetres} m² with"
          + " these classes. Assess it again."
      )
    default:
      (
        "El código {code} tiene la forma que da el programa. Use otro código.",
        "Code {code} has the form that the program gives. Use another code."
      )
    }
  }

  private static func record(_ code: Refusal.Code) -> (es: String, en: String) {
    switch code {
    case .alreadyRecorded:
      ("Ya está registrado tal cual; no hay nada que hacer.", "Recorded already; nothing to do.")
    case .codeUsed:
      (
        "El código {code} ya se usó para otra cosa. Use un código nuevo o corrija los datos.",
        "Code {code} is used already for something else. Use a new code, or correct the data."
      )
    case .futureDated:
      (
        "La fecha {occurredAt} es posterior a {now}. Corrija la fecha.",
        "The date {occurredAt} is later than {now}. Correct the date."
      )
    case .beforeCause:
      (
        "Lote {lot}: el acto dice {occurredAt}, pero su causa es del {created}. Corrija la fecha.",
        "Lot {lot}: the act says {occurredAt}, but its cause is of {created}. Correct the date."
      )
    case .datesReversed:
      (
        "La cosecha empieza el {from} y termina el {to}. Ponga las fechas en orden.",
        "The harvest begins on {from} and ends on {to}. Put the dates in order."
      )
    case .plotOfAnotherProducer:
      (
        "La parcela {plot} es de {producer}; la reclama {claimant}. Aclaren la propiedad.",
        "Plot {plot} belongs to {producer}; {claimant} claims it. Settle who owns it."
      )
    case .producerNotOwner:
      (
        "La parcela {plot} es de {owner}, no de {producer}. Corrija parcela o productor.",
        "Plot {plot} belongs to {owner}, not {producer}. Correct the plot or the producer."
      )
    case .pointTooLarge:
      (
        "Un punto vale hasta {limit} ha y con área declarada; aquí {hectares} ha. Dé el polígono.",
        "A point serves up to {limit} ha with a declared area; here {hectares} ha. Give a polygon."
      )
    case .geometryChanged:
      (
        "La evaluación es de otra geometría. Evalúe de nuevo la parcela.",
        "The assessment is of another geometry. Assess the plot again."
      )
    case .geometryInvalid, .datasetChanged, .datasetIncomplete, .datasetSuperseded,
      .reasonMissing, .assessmentInvalid, .codeReserved:
      evidence(code)
    case .alreadyReviewed:
      (
        "Ya la revisó {reviewer} ({outcome}).", "{reviewer} has reviewed it already ({outcome})."
      )
    case .reviewerRaisedIt:
      (
        "{reviewer} levantó la observación: debe revisarla otra persona.",
        "{reviewer} raised the finding: another person must review it."
      )
    case .capacityIncomplete:
      (
        "La capacidad de {code} no se entiende: de un vehículo, kg por viaje; de una planta, kg"
          + " por hora y hasta 24 horas al día.",
        "The capacity of {code} cannot be read: of a vehicle, kg a trip; of a mill, kg an hour"
          + " and up to 24 hours a day."
      )
    case .notProven:
      (
        "El embarque {code} no está probado ({verdict}): {reasons}",
        "Shipment {code} is not proven ({verdict}): {reasons}"
      )
    default:
      (
        "Falta el motivo o la evidencia para {code}. Indíquelos.",
        "The reason or the evidence for {code} is missing. Give them."
      )
    }
  }
}

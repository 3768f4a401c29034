/// Why an act was refused: nothing was recorded. The wording, in Spanish and English, is
/// `Wording.text(of:in:)`; `figures` are the numbers and codes that it names.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    /// The very same fact stands in the ledger: nothing to do.
    case alreadyRecorded = "already-recorded"
    case codeUsed = "code-used"
    case noPersonalData = "no-personal-data"
    case alreadyErased = "already-erased"
    case personalDataHeld = "personal-data-held"
    case unknownOrganisation = "unknown-organisation"
    case unknownProducer = "unknown-producer"
    case unknownPlot = "unknown-plot"
    case unknownLot = "unknown-lot"
    case unknownShipment = "unknown-shipment"
    case unknownDataset = "unknown-dataset"
    case unknownFinding = "unknown-finding"
    case unknownProduct = "unknown-product"
    case unknownProcess = "unknown-process"
    case unknownSubject = "unknown-subject"
    case overdrawn = "overdrawn"
    case outputExceedsInput = "output-exceeds-input"
    case notHolder = "not-holder"
    case sellerNotHolder = "seller-not-holder"
    case futureDated = "future-dated"
    case beforeCause = "before-its-cause"
    case plotOfAnotherProducer = "plot-of-another-producer"
    case producerNotOwner = "producer-not-owner"
    case pointTooLarge = "point-too-large"
    case productNotHarvested = "product-not-harvested"
    case productsDiffer = "products-differ"
    case wrongProductForProcess = "wrong-product-for-process"
    case nothingGiven = "nothing-given"
    case massIsZero = "mass-is-zero"
    case inputTwice = "input-twice"
    case inTransit = "in-transit"
    case notInTransit = "not-in-transit"
    case wrongReceiver = "wrong-receiver"
    case shipmentSealed = "shipment-sealed"
    case shipmentNotSealed = "shipment-not-sealed"
    case shipmentEmpty = "shipment-empty"
    case geometryInvalid = "geometry-invalid"
    case geometryChanged = "geometry-changed"
    case datasetChanged = "dataset-changed"
    /// A map registered without what its kind needs to be read.
    case datasetIncomplete = "dataset-incomplete"
    /// A map that is used no more.
    case datasetSuperseded = "dataset-superseded"
    case reasonMissing = "reason-missing"
    /// Figures that no overlay of this plot can give.
    case assessmentInvalid = "assessment-invalid"
    case sellerIsBuyer = "seller-is-buyer"
    /// A finding's code of the form that only the program gives.
    case codeReserved = "code-reserved"
    case alreadyReviewed = "already-reviewed"
    case reviewerRaisedIt = "reviewer-raised-it"
    case evidenceMissing = "evidence-missing"
    case datesReversed = "dates-reversed"
    case massTooLarge = "mass-too-large"
    case notProven = "not-proven"
    /// No event of the lot's stream has this version, or none that can be corrected.
    case nothingToCorrect = "nothing-to-correct"
    case alreadyVoided = "already-voided"
    /// The fields given are not those of the act that was wrong.
    case correctionUnfit = "correction-unfit"
    case notRecorder = "not-recorder"
    case notReviewed = "not-reviewed"
    case notOverdue = "not-overdue"
    /// The reviewer acts for an organisation that holds or made what is in doubt.
    case reviewerIsParty = "reviewer-is-party"
    case capacityIncomplete = "capacity-incomplete"
    case unknownTank = "unknown-tank"
    case overCapacity = "over-capacity"
    case tankOverdrawn = "tank-overdrawn"
    /// The books say that something is left.
    case tankNotEmpty = "tank-not-empty"
    case notCertified = "not-certified"
    case certificationUpgrade = "certification-upgrade"
    /// It follows from the lots that are named.
    case certificationFollows = "certification-follows"
    case unknownCause = "unknown-cause"
    /// A cause of losses does not explain that there is more, nor the other way.
    case causeDiffers = "cause-differs"
    /// Before the tank was last empty, or before what was read off it.
    case beforeTankAct = "before-tank-act"
  }

  public let code: Code
  /// What the refusal is about.
  public let subject: StreamKey
  public let figures: [String: String]

  public init(_ code: Code, _ subject: StreamKey, _ figures: [String: String] = [:]) {
    self.code = code
    self.subject = subject
    self.figures = figures
  }

  public var description: String { Wording.text(of: self, in: .english) }
}

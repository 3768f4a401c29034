import ArgumentParser

/// The command line: parses, calls the use cases, prints. Nothing is decided here.
@main
struct RaizCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "raiz",
    abstract: "A traceability ledger for cocoa and oil palm.",
    discussion: """
      Exit codes: 0 all is well · 1 something was found wrong (verify, audit, audit-log, demo \
      --check) · 2 input was refused · 64 wrong usage · 69 the database cannot be had · 73 a file \
      cannot be written · 130 interrupted · 70 anything else.
      """,
    subcommands: [
      SampleCommand.self, ImportCommand.self, AssessCommand.self, VerdictCommand.self,
      TraceCommand.self, StatementCommand.self, BundleCommand.self, VerifyCommand.self,
      AuditCommand.self, KeyCommand.self, TokenCommand.self, ReviewCommand.self,
      PersonCommand.self, EraseCommand.self, ServeCommand.self, DemoCommand.self,
      ExportLogCommand.self, AuditLogCommand.self, ProofCommand.self, WitnessCommand.self,
      CosignCommand.self,
      PictureCommand.self, DatasetCommand.self, PolicyCommand.self, RiskCommand.self,
      AffectedCommand.self, FindingCommand.self, CorrectCommand.self, LotCommand.self,
      CatalogueCommand.self, SeasonCommand.self, DetectCommand.self, RecallCommand.self,
      JudgeCommand.self, BalanceCommand.self,
    ])
}

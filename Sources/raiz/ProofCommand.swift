import Application
import ArgumentParser
import Ledger
import ValueTypes

struct ProofCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof", abstract: "Prove that an event is in the log, and check such a proof.",
    subcommands: [Inclusion.self, Consistency.self, Head.self, Check.self])

  struct Inclusion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "That the event at a position is in the signed tree (RFC 6962).")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The event's position, from 0.") var position: Int64
    @Option(help: "The tree's size (default: the newest checkpoint's).") var size: Int64?
    @Option(help: "Write proof and checkpoint to FILE.tlog-proof; the size must have a checkpoint.")
    var out: String?
    @Option(help: "Write the event's exact bytes to this file, to be checked with the proof.")
    var entry: String?

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let answer = try await raiz.inclusion(of: position, size: size)
        // A size that was not named is the one just answered, whatever is appended meanwhile.
        if let out {
          let proof = try await raiz.transparencyProof(of: position, size: answer.treeSize)
          try FileNames.write(Array(proof.text.utf8), to: out)
        }
        if let entry { try FileNames.write(try await raiz.entry(at: position), to: entry) }
        if shared.json { return try Terminal.json(answer) }
        Terminal.out(
          shared.words(
            "evento \(answer.index) de \(answer.treeSize), raíz \(answer.root)",
            "event \(answer.index) of \(answer.treeSize), root \(answer.root)"))
        Terminal.out("  \(shared.words("hoja", "leaf")) \(answer.leafHash)")
        for hash in answer.proof { Terminal.out("  \(hash)") }
        for file in [out, entry].compactMap(\.self) { Terminal.out("→ \(file)") }
      }
    }
  }

  struct Consistency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "That the tree of one size begins with the tree of a smaller one (RFC 6962).")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The smaller size, from 1.") var from: Int64
    @Argument(help: "The larger size (default: the newest checkpoint's).") var to: Int64?

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let answer = try await raiz.consistency(from: from, to: to)
        if shared.json { return try Terminal.json(answer) }
        Terminal.out("\(answer.from): \(answer.fromRoot)")
        Terminal.out("\(answer.to): \(answer.toRoot)")
        for hash in answer.proof { Terminal.out("  \(hash)") }
      }
    }
  }

  struct Head: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Where a stream stands, or that it does not exist, in the map the ledger commits to.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The stream: lot:ACO-26-0042.") var stream: String

    func run() async throws {
      try await withRaiz(shared) { raiz in
        let answer = try await raiz.head(of: stream)
        if shared.json { return try Terminal.json(answer) }
        if let head = answer.head {
          Terminal.out(
            shared.words(
              "\(answer.stream): versión \(head.version), posición \(head.lastPosition)",
              "\(answer.stream): version \(head.version), position \(head.lastPosition)"))
        } else {
          Terminal.out(
            "\(answer.stream): \(shared.words("no existe en el registro", "not in the ledger"))")
        }
        Terminal.out(
          shared.words(
            "asiento en la posición \(answer.position), raíz \(answer.root)",
            "committed at position \(answer.position), root \(answer.root)"))
        for item in answer.proof { Terminal.out("  \(item)") }
      }
    }
  }

  /// Needs no database and no network: only the two files and the ledger's public key.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a .tlog-proof file offline, trusting only the key you give.")

    private struct Report: Encodable {
      let isSound: Bool
      let origin: String?
      let index: Int64?
      let treeSize: Int64?
      let root: SHA256Digest?
      let error: Failures.Described?
    }

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The proof.") var file: String
    @Option(help: "A file with the event's exact bytes.") var entry: String
    @Option(help: "The ledger's public key (name+hex+base64).") var key: String

    func run() async throws {
      try await Failures.reported(shared) {
        let proof = try Application.FileReading.bytes(of: file)
        let entry = try Application.FileReading.bytes(of: self.entry)
        let report = check(proof, entry, try TrustOptions.verifier(key, shared))
        if shared.json {
          try Terminal.json(report)
        } else {
          tell(report)
        }
        if !report.isSound { throw ExitCode.found }
      }
    }

    private func check(
      _ file: [UInt8], _ entry: [UInt8], _ verifier: CheckpointVerifier
    ) -> Report {
      do throws(LedgerError) {
        let proof = try TransparencyProof(parsing: file)
        let checkpoint = try proof.verify(entry: entry, by: verifier)
        return Report(
          isSound: true, origin: checkpoint.origin, index: proof.index,
          treeSize: checkpoint.size, root: checkpoint.root, error: nil)
      } catch {
        return Report(
          isSound: false, origin: nil, index: nil, treeSize: nil, root: nil,
          error: .init(code: error.code, message: error.description))
      }
    }

    private func tell(_ report: Report) {
      guard let origin = report.origin, let index = report.index, let size = report.treeSize else {
        return Terminal.out(
          shared.words("no vale: ", "not sound: ") + (report.error?.message ?? ""))
      }
      Terminal.out(
        shared.words(
          "vale: es el evento \(index) de \(size) de \(origin)",
          "sound: it is event \(index) of \(size) of \(origin)"))
    }
  }
}

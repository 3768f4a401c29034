import Foundation
import PostgreSQL
import PrivateCluster

/// The cluster that raiz itself would make, with its settings, while standard input is open.
enum Cluster {
  static func hold(_ folder: String?) async throws {
    guard let folder else { throw Misuse("cluster needs a folder") }
    let cluster = try await PrivateCluster.open(folder: ClusterFolder(folder))
    let words = cluster.target.parameters.sorted { $0.key < $1.key }.map {
      "\($0.key)='\($0.value)'"
    }
    FileHandle.standardOutput.write(Data((words.joined(separator: " ") + "\n").utf8))
    _ = FileHandle.standardInput.readDataToEndOfFile()
    try await cluster.close()
  }
}

/// Who may connect: by the socket, the operating system's word for who is asking, and nobody else.
enum Admission {
  private static let map = "raiz"

  /// Writes `pg_hba.conf` and `pg_ident.conf`: the server's own user and root may be any of these
  /// roles. Before version 16 the map can't say "any role", so it lists them.
  static func write(
    data: String, user: ServerUser, roles: [String] = [ServerInstance.superuser]
  ) throws(ClusterError) {
    let rules = """
      # Written by raiz at every start.
      local all all peer map=\(map)
      local replication all peer map=\(map)

      """
    try Files.replace("\(data)/pg_hba.conf", with: rules, mode: 0o600, owner: user)
    let lines = Set([user.name, "root"]).sorted().flatMap { account in
      roles.map { "\(map) \(quoted(account)) \(quoted($0))\n" }
    }
    try Files.replace(
      "\(data)/pg_ident.conf", with: "# Written by raiz.\n" + lines.joined(), mode: 0o600,
      owner: user)
  }

  /// In these files a quote inside quotes is doubled.
  private static func quoted(_ name: String) -> String {
    "\"" + name.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }
}

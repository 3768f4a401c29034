extension String {
  /// True where nothing is said.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

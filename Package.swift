// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same settings; a warning is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The tests work through samples of thousands of plots: without optimisation they take three times
/// as long, and debug builds are for them.
let quick: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let httpClient: Target.Dependency = .product(
  name: "AsyncHTTPClient", package: "async-http-client")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func library(
  _ name: String, _ dependencies: [Target.Dependency], path: String? = nil,
  exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
    swiftSettings: strict + quick)
}

func tests(
  _ subject: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: subject + "Tests", dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "raiz",
  products: [
    .executable(name: "raiz", targets: ["raiz"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CGeo", pkgConfig: "gdal",
      providers: [.apt(["libgdal-dev", "libgeos-dev", "libproj-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),

    library("ValueTypes", []),
    library("PostgreSQL", ["CPostgreSQL"]),
    library("PrivateCluster", ["PostgreSQL"]),
    library(
      "Database", ["PostgreSQL", "ValueTypes", crypto], path: "db", exclude: ["README.md"],
      resources: [
        .embedInCode("v0001_ledger.sql"), .embedInCode("v0002_read_models.sql"),
        .embedInCode("v0003_append.sql"), .embedInCode("v0004_roles.sql"),
        .embedInCode("v0005_people.sql"), .embedInCode("v0006_heads.sql"),
        .embedInCode("v0007_evidence.sql"), .embedInCode("v0008_findings.sql"),
        .embedInCode("v0009_balance.sql"), .embedInCode("v0010_provenance.sql"),
        .embedInCode("v0011_lists.sql"),
      ]),
    library("Ledger", ["PostgreSQL", "ValueTypes", crypto]),
    library(
      "Land", ["CGeo", "CZlib", "ValueTypes", crypto],
      resources: [.embedInCode("Resources/geometry_thresholds_1.json")]),
    library("PlotMap", ["CCairo", "Land"]),
    library("Tabular", ["ValueTypes"]),
    library(
      "Traceability", ["ValueTypes"],
      resources: [
        .embedInCode("Resources/catalogue.json"), .embedInCode("Resources/dataset_kinds.json"),
        .embedInCode("Resources/adjustment_causes.json"),
        .embedInCode("Resources/policy_eudr_1.json"), .embedInCode("Resources/policy_eudr_2.json"),
        .embedInCode("Resources/policy_pur_eligibility_1.json"),
        .embedInCode("Resources/policy_rspo_1.json"),
      ]),
    library("ProvenanceGraph", []),
    library("ReadModels", ["PostgreSQL", "Ledger", "Traceability", "ValueTypes"]),
    library(
      "DueDiligence", ["CZlib", "Ledger", "Traceability", "Land", "ValueTypes", crypto]),
    library("SampleData", ["Land"]),
    library(
      "Application",
      [
        "PostgreSQL", "PrivateCluster", "Database", "Ledger", "Land", "Traceability",
        "ReadModels", "DueDiligence", "PlotMap", "ProvenanceGraph", "Tabular", "ValueTypes",
        crypto,
      ]),
    library(
      "Service",
      [
        "Application", "DueDiligence", "Ledger", "PostgreSQL", "Traceability", "ValueTypes",
        hummingbird, lifecycle, unixSignals, mustache, logging, httpTypes, nioCore, nioHTTP,
        httpClient,
      ],
      resources: [
        .embedInCode("Pages/lots.mustache"), .embedInCode("Pages/lot.mustache"),
        .embedInCode("Pages/statement.mustache"),
        .embedInCode("Pages/layout.mustache"), .embedInCode("Pages/style.css"),
        .embedInCode("Pages/balance.mustache"), .embedInCode("Pages/findings.mustache"),
        .embedInCode("Pages/finding.mustache"),
      ]),
    .executableTarget(
      name: "raiz",
      dependencies: [
        "Service", "Application", "SampleData", "DueDiligence", "ReadModels", "Ledger",
        "PostgreSQL", "PrivateCluster", "Traceability", "ValueTypes", arguments,
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Ledger", "Database", "PostgreSQL", "PrivateCluster", "Land", "CGeo", "ProvenanceGraph",
        "ValueTypes", crypto,
      ],
      path: "Benchmarks/Sources", swiftSettings: strict),

    library("TestSupport", ["PostgreSQL", "PrivateCluster"], path: "Tests/TestSupport"),
    tests("ValueTypes", ["ValueTypes"]),
    tests("PostgreSQL", ["PostgreSQL", "TestSupport"]),
    tests("PrivateCluster", ["PrivateCluster", "PostgreSQL", "TestSupport"]),
    tests("Ledger", ["Ledger", "Database", "PostgreSQL", "TestSupport", "ValueTypes", crypto]),
    tests("Land", ["Land", "CGeo", "ValueTypes"]),
    tests("ProvenanceGraph", ["ProvenanceGraph", "Traceability", "ValueTypes"]),
    tests("PlotMap", ["PlotMap", "Land", "CGeo"]),
    tests("Tabular", ["Tabular", "ValueTypes"]),
    tests("Traceability", ["Traceability", "ValueTypes"]),
    tests(
      "DueDiligence", ["DueDiligence", "Ledger", "Traceability", "Land", "ValueTypes", crypto]),
    tests("SampleData", ["SampleData", "Land", "Traceability", "ValueTypes"]),
    tests(
      "Application",
      [
        "Application", "SampleData", "PostgreSQL", "PrivateCluster", "Land", "Ledger", "ReadModels",
        "Traceability", "DueDiligence", "ProvenanceGraph", "TestSupport", "ValueTypes",
      ]),
    tests("EndToEnd", ["TestSupport"]),
    tests(
      "Fault",
      ["Ledger", "Database", "PostgreSQL", "PrivateCluster", "TestSupport", "ValueTypes", crypto]),
    tests("Tidy", []),
  ]
)

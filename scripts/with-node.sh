#!/bin/sh
# Sets up what is missing, then runs a command with this project's own Node and tools first on the path.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
sh scripts/setup.sh
PATH="$root/node_modules/.bin:$PATH"
export PATH
exec "$@"

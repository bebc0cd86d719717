#!/bin/sh
# Sets up what is missing, then becomes the given command, with this project's own Node and tools first on the path.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"
. scripts/setup.sh
# Setting PATH also makes the shell forget where it last found "node".
PATH="$root/node_modules/.bin:$PATH"
export PATH
exec "$@"

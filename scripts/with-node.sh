#!/bin/sh
# Sets up what is missing, then becomes the given command, with this project's own Node and tools first on the path.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"
. scripts/setup.sh
# Setting PATH also makes the shell forget where it last found "node".
PATH="$root/node_modules/.bin:$PATH"
# What Node compiled once is kept, the stripped types too: a second start takes a third of the time.
NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE-"$root/node_modules/.cache/node"}
# Name look-ups block a thread of this pool each; with Node's four, a few dead names would delay every other check.
UV_THREADPOOL_SIZE=${UV_THREADPOOL_SIZE-16}
# A server at rest fits into 150 MB: small young generations (their pauses are shorter too) and two malloc arenas, not sixteen.
NODE_OPTIONS="--max-semi-space-size=2 ${NODE_OPTIONS-}"
# Packages of many small modules are taken from the bundles that the set-up made of them.
if [ -d node_modules/.bundled ]; then NODE_OPTIONS="--import=\"$root/scripts/bundled-packages.ts\" $NODE_OPTIONS"; fi
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX-2}
export PATH NODE_COMPILE_CACHE UV_THREADPOOL_SIZE NODE_OPTIONS MALLOC_ARENA_MAX
exec "$@"

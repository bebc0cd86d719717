#!/bin/sh
# exec all the way down, so that a signal to npm reaches the server itself and no shell stays between them.
exec sh "$(dirname -- "$0")/with-node.sh" node src/main.ts serve "$@"

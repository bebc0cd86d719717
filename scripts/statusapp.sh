#!/bin/sh
exec sh "$(dirname -- "$0")/with-node.sh" node src/main.ts "$@"

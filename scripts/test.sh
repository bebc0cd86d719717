#!/bin/sh
# Runs every test, or those given as paths and options of `node --test`.
# TEST_COUNTS_FILE names a file that gets the line "N passed, N failed" (see scripts/test-counts.ts).
set -eu
files=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
if [ "$files" -lt 2 ]; then files=2; fi
# Half of the time a file waits for what really happens: a confirmation, a deadline, a browser.
files=$((files * 2))
if [ $# -eq 0 ]; then set -- 'src/**/*.test.ts' 'web/src/**/*.test.ts' 'test/**/*.test.ts'; fi
if [ -n "${TEST_COUNTS_FILE:-}" ]; then
  set -- --test-reporter=./scripts/test-counts.ts --test-reporter-destination="$TEST_COUNTS_FILE" "$@"
fi
exec sh "$(dirname -- "$0")/with-node.sh" node --test --test-concurrency="$files" --test-timeout=120000 \
  --test-reporter=spec --test-reporter-destination=stdout "$@"

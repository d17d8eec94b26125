#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzes one target for some seconds from its kept seeds; new inputs stay in the build folder, findings in its crashes/.
# Usage: tests/fuzz/run.sh BUILD NAME SECONDS
set -eu
build=$1 name=$2 seconds=$3
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$build/fuzz/corpus-$name" "$build/fuzz/crashes"
seeds=
[ ! -d "$here/seeds/$name" ] || seeds="$here/seeds/$name"
# shellcheck disable=SC2086  # none or one folder
exec "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="$build/fuzz/crashes/$name-" "$build/fuzz/corpus-$name" $seeds

#!/bin/sh
# Ingests into a disk of 180 MB with 10 MB left (a file mounted as ext4, so root only) until it is full, looks for anything lost,
# makes room and lets the ingest finish.
# Usage: scripts/full-disk.sh PROGRAM REPORTS.jsonl
set -eu

program=$(realpath "$1")
reports=$(realpath "$2")
folder=$(mktemp -d)
disk=$folder/disk
cleanup() {
    cd /
    umount "$disk" 2>/dev/null || true
    rm -rf "$folder"
}
trap cleanup EXIT
fail() {
    echo "$*" >&2
    exit 1
}

truncate -s 200M "$folder/image"
mkfs.ext4 -q "$folder/image"
mkdir "$disk"
mount -o loop "$folder/image" "$disk"
cd "$disk"
fallocate -l "$(($(df --output=avail -B1 . | tail -1) - 10485760))" ballast

if "$program" ingest "$reports" --unread >"$folder/acknowledged" 2>"$folder/says"; then
    fail "the disk did not fill up: give more reports"
fi
tail -1 "$folder/says"
grep -q 'no room is left for the store' "$folder/says" || fail 'the error does not say why'
safe() {
    "$program" store check || fail 'the store is not whole'
    "$program" store export >"$folder/export"
    cut -f2 "$folder/acknowledged" | while read -r id; do
        grep -q "\"id\":\"$id\"" "$folder/export" || fail "$id was acknowledged and is lost"
    done
    echo "$(wc -l <"$folder/acknowledged") acknowledged, none lost"
}
safe
rm ballast
"$program" ingest "$reports" --unread >"$folder/acknowledged" 2>"$folder/says" || fail 'it does not go on with room again'
tail -1 "$folder/says"
safe

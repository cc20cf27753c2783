#!/bin/sh
# Prints the path of a Chromium to test pages with. Installs Debian's where none is there and the user may.
set -eu

find_browser() {
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

if find_browser; then exit 0; fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
    } >&2
    find_browser
else
    echo 'no browser: install Chromium, on Debian with: sudo apt-get install chromium fonts-dejavu-core' >&2
    exit 1
fi

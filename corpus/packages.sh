# SPDX-License-Identifier: GPL-2.0-or-later
# To be sourced: what dossier is built with, by the names of Debian 12's packages, and a function that installs them.

build_packages="gcc g++ make cmake pkg-config libxapian-dev libutf8proc-dev libstemmer-dev libjansson-dev libxxhash-dev
    libxml2-dev libuchardet-dev uthash-dev libmagic-dev libarchive-dev libgmime-3.0-dev libfcgi-dev libseccomp-dev
    libdeflate-dev poppler-utils"

# Installs those of the packages named that are missing; quiet when nothing is.
install_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "these Debian packages are missing, and installing them takes root or sudo:$missing" >&2
            return 1
        }
        as_root=sudo
    fi
    echo "installing:$missing" >&2
    # shellcheck disable=SC2086  # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive sh -c '
        log=$(mktemp)
        { apt-get install -y --no-install-recommends "$@" ||
            { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1 ||
            { tail -n 20 "$log" >&2; rm -f "$log"; exit 1; }
        rm -f "$log"' sh $missing
}

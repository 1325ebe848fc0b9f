# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the package tests: throw-away Debian roots. Needs root, debootstrap and unshare.
fail() { printf '%s: FAILED: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
ok() { printf 'ok   %s\n' "$*"; }

[ "$(id -u)" -eq 0 ] || fail "making a root needs root rights"

# make_root SUITE: sets $root. From $DOORVEIL_MIRROR, else from debootstrap's own. A base of the suite is kept in $DOORVEIL_ROOTS (default /var/tmp/doorveil-roots).
make_root() {
    local suite=$1 bases=${DOORVEIL_ROOTS:-/var/tmp/doorveil-roots}
    mkdir -p "$bases"
    if [ ! -e "$bases/$suite/etc/debian_version" ]; then
        debootstrap --variant=minbase "$suite" "$bases/$suite" ${DOORVEIL_MIRROR:+"$DOORVEIL_MIRROR"} >"$bases/$suite.log" 2>&1 \
            || fail "debootstrap of $suite (see $bases/$suite.log)"
    fi
    root=$(mktemp -d "$bases/test-$suite.XXXXXX")
    cp -a --reflink=auto "$bases/$suite/." "$root/"
    mount -t proc proc "$root/proc"
    trap drop_root EXIT
    cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
}

drop_root() {
    umount "$root/proc" 2>/dev/null || umount -l "$root/proc"
    rm -rf --one-file-system "$root"
}

in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# The same with no network at all: a namespace with nothing in it but a loopback that is down.
in_root_offline() { unshare --net chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }

# redact_offline PROGRAM CLIP: covers a real clip without a network, and checks what came out.
redact_offline() {
    local program=$1 clip=$2
    install -D -m 0644 "$clip" "$root/trial/$(basename "$clip")"
    rm -f "$root/trial/covered.mp4" "$root/trial/report.json"
    in_root_offline "$program" redact "/trial/$(basename "$clip")" -o /trial/covered.mp4 --report /trial/report.json \
        || fail "redact ended with $?"
    [ -s "$root/trial/covered.mp4" ] || fail "there is no covered clip"
    grep -q '"passed": true' "$root/trial/report.json" || fail "the report does not say that the checks hold"
    in_root_offline "$program" verify /trial/covered.mp4 || fail "verify ended with $?"
    grep -q '"basic": false' "$root/trial/report.json" || fail "the basic detectors were used: the models are missing"
    ok "$program covers $(basename "$clip") with networking off, with the bundled models"
}

# window_shot PROGRAM FILE: starts the window under Xvfb and keeps a picture of it.
window_shot() {
    local program=$1 picture=$2
    in_root apt-get install -y -q --no-install-recommends xvfb imagemagick xauth fonts-dejavu-core >/dev/null \
        || fail "the display server cannot be installed"
    in_root_offline sh -c "
        Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & server=\$!
        sleep 2
        DISPLAY=:7 $program >/trial/window.log 2>&1 & window=\$!
        sleep 8
        kill -0 \$window || { cat /trial/window.log; exit 1; }
        DISPLAY=:7 import -window root /trial/window.png
        kill \$window; wait \$window; kill \$server" || fail "the window does not start"
    cp "$root/trial/window.png" "$picture"
    ok "the window starts; its picture: $picture"
}

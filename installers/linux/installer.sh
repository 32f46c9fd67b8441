#!/bin/sh
# PerpusDesk @VERSION@: installs itself for the user who runs it, without administrator rights.
# What follows the last line of this script is the packed program.
set -eu
umask 022

VERSION='@VERSION@'
SUM='@SUM@'
LINES=@LINES@
KIB=@KIB@
GLIBC='@GLIBC@'

DATA_HOME=${XDG_DATA_HOME:-$HOME/.local/share}
CONFIG_HOME=${XDG_CONFIG_HOME:-$HOME/.config}
STATE_HOME=${XDG_STATE_HOME:-$HOME/.local/state}
LIB=$HOME/.local/lib/perpusdesk
BIN=$HOME/.local/bin/perpusdesk
LISTED='applications/perpusdesk.desktop metainfo/org.perpusdesk.PerpusDesk.metainfo.xml
    mime/packages/perpusdesk.xml man/man1/perpusdesk.1.gz'
PATIENCE=${PERPUSDESK_PATIENCE:-600}
SILENT=no
DO=install
DELETE_DATA=no
NEW=

usage() {
    cat <<END
sh $(basename "$0") [--silent] [--uninstall [--delete-data]]

  --silent        ask and say nothing; exit code 0: done, 2: wrong words, 3: not done
  --uninstall     remove the program; libraries of books and settings stay
  --delete-data   with --uninstall: remove those of this user too, for good

The program goes to $LIB, its start to $BIN.
END
}

say() { if [ "$SILENT" = no ]; then printf '%s\n' "$*"; fi; }

fail() {
    printf '%s\n' "PerpusDesk: $*" >&2
    exit 3
}

clean_up() {
    if [ -n "$NEW" ]; then rm -rf "$NEW"; fi
}

# Whether a process runs a program below the folder $1.
used() {
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null || :) in
            "$1"/*) return 0 ;;
        esac
    done
    return 1
}

wait_for() {
    waited=0
    while kill -0 "$1" 2>/dev/null; do
        state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null || :)
        if [ "$state" = Z ]; then return 0; fi
        if [ "$waited" -ge "$PATIENCE" ]; then
            fail "the program that runs (process $1) did not end; nothing was changed"
        fi
        sleep 1
        waited=$((waited + 1))
    done
}

check_computer() {
    [ "$(uname -m)" = x86_64 ] || fail "this package is for x86_64, not for $(uname -m)"
    here=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
    [ -n "$here" ] || fail "this computer has no GNU C library"
    newest=$(printf '%s\n%s\n' "$here" "$GLIBC" | sort -t. -k1,1n -k2,2n | tail -n 1)
    [ "$newest" = "$here" ] || fail "the C library is $here; $GLIBC or newer is needed"
    for tool in xz tar sha256sum; do
        command -v "$tool" >/dev/null || fail "$tool is missing on this computer"
    done
    mkdir -p "$LIB" "$(dirname "$BIN")"
    free=$(df -Pk "$LIB" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt "$KIB" ] || fail "not enough room: $((KIB / 1024)) MiB are needed in $LIB"
}

payload() { tail -n "+$((LINES + 1))" "$0"; }

install_it() {
    check_computer
    say "PerpusDesk $VERSION -> $LIB"
    [ "$(payload | sha256sum | cut -d' ' -f1)" = "$SUM" ] || fail "this file is damaged"
    PLACE=$LIB/$VERSION-$(date +%s)-$$
    NEW=$PLACE.new
    mkdir "$NEW"
    payload | xz -dc | tar -xf - -C "$NEW" --strip-components=1 || fail "unpacking failed"
    found=$("$NEW/perpusdesk" version 2>&1) || fail "the new program does not start here: $found"
    if [ -n "${PERPUSDESK_PID:-}" ]; then wait_for "$PERPUSDESK_PID"; fi
    mv "$NEW" "$PLACE"
    NEW=$PLACE
    ln -s "$PLACE/perpusdesk" "$BIN.$$"
    mv -f "$BIN.$$" "$BIN" # one step: there is a program at every moment
    NEW=
    integrate
    remove_old
    say "Installed. Start it from the menu, or: $BIN"
    if [ -n "${PERPUSDESK_PID:-}" ]; then start_it; fi
}

# The entries of menus name the program by its whole place: ~/.local/bin may not be searched.
integrate() {
    (cd "$PLACE/share" && find . -type f) | while read -r file; do
        mkdir -p "$(dirname "$DATA_HOME/$file")"
        cp "$PLACE/share/$file" "$DATA_HOME/$file"
    done
    quoted=$(printf '%s' "$BIN" | sed 's/[\\&|]/\\&/g')
    sed "s|^Exec=perpusdesk|Exec=\"$quoted\"|" "$PLACE/share/applications/perpusdesk.desktop" \
        >"$DATA_HOME/applications/perpusdesk.desktop"
    cp "$PLACE/uninstall.sh" "$LIB/uninstall.sh"
    entry=$CONFIG_HOME/autostart/perpusdesk.desktop
    if [ -f "$entry" ] && grep -q "$LIB/" "$entry"; then
        sed "s|$LIB/[^/]*/perpusdesk|$PLACE/perpusdesk|" "$entry" >"$entry.$$"
        mv "$entry.$$" "$entry"
    fi
    refresh
}

refresh() {
    for tool in "update-desktop-database -q $DATA_HOME/applications" \
        "update-mime-database $DATA_HOME/mime" \
        "gtk-update-icon-cache -q -t -f $DATA_HOME/icons/hicolor"; do
        if command -v "${tool%% *}" >/dev/null; then $tool >/dev/null 2>&1 || :; fi
    done
}

# A program that still runs keeps its folder; the next installation removes it.
remove_old() {
    for folder in "$LIB"/*/; do
        folder=${folder%/}
        if [ "$folder" != "$PLACE" ] && [ -d "$folder" ] && ! used "$folder"; then
            rm -rf "$folder"
        fi
    done
}

start_it() {
    unset PERPUSDESK_PID
    if command -v setsid >/dev/null; then
        setsid "$BIN" </dev/null >/dev/null 2>&1 &
    else
        "$BIN" </dev/null >/dev/null 2>&1 &
    fi
}

uninstall_it() {
    if used "$LIB"; then fail "the program is running: close it first"; fi
    rm -f "$BIN"
    for file in $LISTED; do rm -f "$DATA_HOME/$file"; done
    find "$DATA_HOME/icons/hicolor" -name 'perpusdesk.png' -o -name 'perpusdesk.svg' \
        2>/dev/null | while read -r file; do rm -f "$file"; done
    entry=$CONFIG_HOME/autostart/perpusdesk.desktop
    if [ -f "$entry" ] && grep -q "$LIB/" "$entry"; then rm -f "$entry"; fi
    rm -rf "$LIB"
    if [ "$DELETE_DATA" = yes ]; then
        rm -rf "$DATA_HOME/PerpusDesk" "$CONFIG_HOME/PerpusDesk" "$STATE_HOME/PerpusDesk"
        say "The program, its libraries and its settings were removed."
    else
        say "The program was removed. Libraries stay in $DATA_HOME/PerpusDesk"
    fi
    refresh
}

for word in "$@"; do
    case $word in
        --silent) SILENT=yes ;;
        --uninstall) DO=uninstall ;;
        --delete-data) DELETE_DATA=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            usage >&2
            exit 2
            ;;
    esac
done
if [ "$DELETE_DATA" = yes ] && [ "$DO" != uninstall ]; then
    usage >&2
    exit 2
fi
trap clean_up EXIT
trap 'exit 3' HUP INT TERM
"${DO}_it"
exit 0

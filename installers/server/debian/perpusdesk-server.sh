#!/bin/sh
# Started by root it works as the service does: the same data folder, the same user. Otherwise
# files of root's would lie in the library's folder, and the service could not write them.
set -e
program=/usr/lib/perpusdesk-server/perpusdesk-server
settings=/etc/perpusdesk/perpusdesk-server.env
if [ "$(id -u)" != 0 ]; then
    exec "$program" "$@"
fi
setting() {
    sed -n "s/^$1=//p" "$settings" | tail -n 1 | sed "s/^[\"']//; s/[\"']\$//"
}
PERPUSDESK_DATA="${PERPUSDESK_DATA:-$(setting PERPUSDESK_DATA)}"
PERPUSDESK_DATABASE="${PERPUSDESK_DATABASE:-$(setting PERPUSDESK_DATABASE)}"
PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring
export PERPUSDESK_DATA PERPUSDESK_DATABASE PYTHON_KEYRING_BACKEND
[ -n "$PERPUSDESK_DATABASE" ] || unset PERPUSDESK_DATABASE
umask 0077
exec runuser -u perpusdesk -- "$program" "$@"

# shellcheck shell=bash disable=SC2034
# Shared by the scripts: where the tree is, how steps are told, how root is got. Sourced, never run.

TREE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
VENV=${HOTLINE_VENV:-$TREE/.venv}
# Logs and stamps of the set-up.
SETUP=$TREE/.setup
# The private Asterisk, unpacked once for all instances of this tree.
ASTERISK=$TREE/.asterisk
QUIET=${QUIET:-}

say() { [ -n "$QUIET" ] || printf '%s\n' "$*" >&2; }

die() {
    printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
    exit 1
}

# step NAME COMMAND…: runs the command with its output in a log, shows how long it takes, the log's end on failure.
# It runs in the background and is waited for, because bash forgets `set -e` inside `command || handler`.
step() {
    local name=$1 log="$SETUP/log/${1//[^A-Za-z0-9]/-}.log" began=$SECONDS pid
    shift
    mkdir -p "$SETUP/log"
    [ -t 2 ] || say "$name …"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    trap 'end_tree '"$pid"'; exit 130' INT TERM
    [ ! -t 2 ] || [ -n "$QUIET" ] || show_progress "$name" "$log" "$pid"
    wait "$pid" || failed "$name" "$log"
    trap - INT TERM
    say "$name: done in $((SECONDS - began)) s"
}

show_progress() {
    local name=$1 log=$2 pid=$3 began=$SECONDS
    while kill -0 "$pid" 2>/dev/null; do
        printf '\r\033[K%s … %d s  %s' "$name" $((SECONDS - began)) \
            "$(tail -n 1 "$log" | tr -cd '[:print:]' | cut -c1-60)" >&2
        sleep 0.3
    done
    printf '\r\033[K' >&2
}

# end_tree PID: the process and what it started. (Background commands of a script do not hear Ctrl-C.)
end_tree() {
    local child
    # shellcheck disable=SC2013
    for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
        end_tree "$child"
    done
    kill "$1" 2>/dev/null || true
}

failed() {
    printf '%s FAILED; the last lines of %s:\n' "$1" "$2" >&2
    tail -n 25 "$2" | sed 's/^/    /' >&2
    exit 1
}

# Before a step that needs root: ask for the password while the terminal is still ours.
get_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null || die "root is needed to install packages: run this as root, or install sudo"
    sudo -v || die "root is needed to install packages, and sudo refused"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# hash_of FILE…: one hash over the contents of those that exist.
hash_of() {
    cat -- "$@" 2>/dev/null | sha256sum | cut -c1-32
}

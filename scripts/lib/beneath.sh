# shellcheck shell=bash disable=SC2016
# A group of processes that get a twentieth of what each other one gets, and else what nobody wants; so with all that
# they begin. A nice value and SCHED_IDLE do not reach that far where the kernel shares the processors out among sessions
# first: each server, and each process of PostgreSQL's, begins a session of its own (docs/decisions/0084). Sourced, never
# run.

#: The control group's folder; empty while there is none.
BENEATH=
#: In hundredths of what others have. Not nothing: what waits for a server of its own gives up after some seconds.
LEAST=5

_with_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi 2>/dev/null
}

# _weigh HUNDREDTHS: in the second version of control groups, or the first, where 1024 is what others have.
_weigh() {
    if [ -e "$BENEATH/cpu.weight" ]; then
        _with_root sh -c 'echo "$1" >"$0/cpu.weight"' "$BENEATH" "$1"
    else
        [ -e "$BENEATH/cpu.shares" ] && _with_root sh -c 'echo "$1" >"$0/cpu.shares"' "$BENEATH" $(($1 * 1024 / 100))
    fi
}

# have_beneath: makes the group. Fails where this machine gives none: root wants a password, or it is a container.
have_beneath() {
    local root
    for root in /sys/fs/cgroup /sys/fs/cgroup/cpu; do
        BENEATH=$root/hotline-tests-$$
        _with_root mkdir "$BENEATH" || continue
        # One that ends at once proves that processes can be put there.
        _weigh "$LEAST" && _with_root sh -c 'echo $$ >"$0/cgroup.procs"' "$BENEATH" && return
        _with_root rmdir "$BENEATH"
    done
    BENEATH=
    return 1
}

# beneath COMMAND…: run it in the group, with the subshell that this is called in.
beneath() {
    _with_root sh -c 'echo "$1" >"$0/cgroup.procs"' "$BENEATH" "$BASHPID" && "$@"
}

# end_beneath: takes the group away. Nothing may run in it any more.
end_beneath() {
    [ -z "$BENEATH" ] || _with_root rmdir "$BENEATH" || true
}

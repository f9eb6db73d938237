# shellcheck shell=bash
# The Python environments: $VENV for the hotline, $TOOLS for what looks after its dependencies. Sourced.

# What scripts/lock and scripts/audit work with.
TOOLS=$TREE/.venv-tools

# make_environment KIND: KIND is "run" or "tests". What is locked for that kind, each file checked by its hash, and the
# hotline itself; what no lock names goes.
make_environment() {
    ensure_venv "$VENV"
    install_locked "$VENV" build
    install_locked "$VENV" "$1"
    remove_unlocked
    # asterisk-ami and pyst2 share the package name `asterisk`; whatever the order of installation, both must work.
    if ! imports_work; then
        "$VENV/bin/python" -m pip uninstall --yes pyst2 asterisk-ami
        install_locked "$VENV" "$1"
        imports_work || die "asterisk-ami and pyst2 do not both import"
    fi
    (cd "$TREE" && "$VENV/bin/python" -m pip install --disable-pip-version-check --progress-bar off \
        --no-deps --no-build-isolation -e .)
    "$VENV/bin/python" -m pip check || die "the lock does not hold what setup.cfg asks for: run scripts/lock"
}

make_tools() {
    ensure_venv "$TOOLS"
    install_locked "$TOOLS" build
    install_locked "$TOOLS" tools
}

# ensure_venv FOLDER
ensure_venv() {
    local python
    python=$(find_python) || die "no Python of at least 3.11 was found"
    "$1/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$1"
}

# install_locked FOLDER NAME: requirements/NAME.txt. Where there is only a source package, it is built by what is locked
# for building, which stands in the environment by then: a build of its own would fetch a backend that nobody checked.
install_locked() {
    "$1/bin/python" -m pip install --disable-pip-version-check --progress-bar off \
        --require-hashes --no-build-isolation --use-pep517 -r "$TREE/requirements/$2.txt"
}

# The tests' packages stay when only running is asked for, so that the two kinds do not undo each other.
remove_unlocked() {
    local names
    names=$(cd "$TREE" && "$VENV/bin/python" -m scripts.dependencies.unlocked)
    # shellcheck disable=SC2086
    [ -z "$names" ] || "$VENV/bin/python" -m pip uninstall --yes $names
}

imports_work() {
    "$VENV/bin/python" -P -c 'import asterisk.ami, asterisk.agi; asterisk.ami.AMIClient, asterisk.agi.AGI'
}

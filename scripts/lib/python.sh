# shellcheck shell=bash
# The Python environment in $VENV. Sourced.

# make_environment EXTRA: EXTRA is "" or "[test]".
make_environment() {
    local python
    python=$(find_python) || die "no Python of at least 3.11 was found"
    if ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        "$python" -m venv --clear "$VENV"
    fi
    (cd "$TREE" && "$VENV/bin/python" -m pip install --disable-pip-version-check --progress-bar off -e ".$1")
    # asterisk-ami and pyst2 share the package name `asterisk`; whatever the order of installation, both must work.
    if ! imports_work; then
        "$VENV/bin/python" -m pip install --force-reinstall --no-deps --progress-bar off pyst2
        "$VENV/bin/python" -m pip install --force-reinstall --no-deps --progress-bar off asterisk-ami
        imports_work || die "asterisk-ami and pyst2 do not both import"
    fi
}

imports_work() {
    "$VENV/bin/python" -P -c 'import asterisk.ami, asterisk.agi; asterisk.ami.AMIClient, asterisk.agi.AGI'
}

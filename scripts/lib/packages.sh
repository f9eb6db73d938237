# shellcheck shell=bash
# System packages (Debian 12 and 13, Ubuntu 22.04 and 24.04): only what is missing is installed. Sourced.

have() { command -v "$1" >/dev/null 2>&1; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# A Python of at least 3.11 that can make environments; prints its path.
find_python() {
    local candidate
    for candidate in ${HOTLINE_PYTHON:+"$HOTLINE_PYTHON"} python3 python3.13 python3.12 python3.11; do
        if have "$candidate" && "$candidate" -c \
            'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

python_packages() {
    if [ "$(. /etc/os-release && printf %s "$ID$VERSION_ID")" = ubuntu22.04 ]; then
        echo python3.11 python3.11-venv
    else
        echo python3 python3-venv
    fi
}

# What running needs and this machine lacks, one package a word.
missing_packages() {
    find_python >/dev/null || python_packages
    have espeak-ng || echo espeak-ng
    have ffmpeg || echo ffmpeg
    have npm || echo nodejs npm
    [ -e /usr/share/zoneinfo/Asia/Shanghai ] || echo tzdata
    installed libatomic1 || echo libatomic1
    if [ "$1" = private-asterisk ] && [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
        echo debian-archive-keyring
    fi
}

# What the tests need besides.
missing_test_packages() {
    have sipp || echo sip-tester
    [ "$(id -u)" -eq 0 ] || have setcap || [ -x /sbin/setcap ] || echo libcap2-bin
    have redis-server || echo redis-server
    have xorriso || echo xorriso
    installed slapd || echo slapd
    installed libfaketime || echo libfaketime
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
    installed fonts-noto-cjk || echo fonts-noto-cjk
    if ! find_chromium >/dev/null && [ "$(. /etc/os-release && printf %s "$ID")" = debian ]; then
        echo chromium
    fi
}

# SIPp plays sound through a raw socket, which only root may open: users get a copy of their own that may.
give_users_sipp() {
    mkdir -p "$SETUP/bin"
    cp -f "$(PATH=/usr/bin:/usr/local/bin command -v sipp)" "$SETUP/bin/sipp"
    as_root env PATH="$PATH:/sbin:/usr/sbin" setcap cap_net_raw+ep "$SETUP/bin/sipp"
}

# A browser for the tests; prints its path. Ubuntu's chromium package only starts a snap, which needs a running
# snapd and is cut off from /tmp and hidden folders: it does not count.
find_chromium() {
    local candidate path
    for candidate in ${HOTLINE_CHROMIUM:+"$HOTLINE_CHROMIUM"} chromium chromium-browser google-chrome-stable; do
        path=$(command -v "$candidate") || continue
        case $(realpath "$path") in
            */snap | /snap/*) continue ;;
        esac
        head -c 4096 "$path" | grep -aq 'snap' && [ "$(. /etc/os-release && printf %s "$ID")" = ubuntu ] && continue
        printf '%s\n' "$path"
        return 0
    done
    path=$("$VENV/bin/python" 2>/dev/null - <<'P'
import os
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path if os.path.exists(path) else "")
P
    ) || return 1
    [ -n "$path" ] && printf '%s\n' "$path"
}

# install_packages PACKAGE…: without starting any service, and without leaving one to start at the next boot.
install_packages() {
    local new_services=() service policy=/usr/sbin/policy-rc.d ours=
    for service in postgresql redis-server slapd; do
        case " $* " in *" $service "*) new_services+=("$service") ;; esac
    done
    if [ ${#new_services[@]} -gt 0 ] && [ ! -e $policy ]; then
        ours=1
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update || true
    local result=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" || result=$?
    [ -z "$ours" ] || as_root rm -f $policy
    if have systemctl && [ -d /run/systemd/system ]; then
        for service in "${new_services[@]}"; do
            as_root systemctl disable --now "$service" || true
        done
    fi
    return $result
}

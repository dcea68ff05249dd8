#!/bin/sh
# Make .venv hold exactly the locked packages of the file $1; uv when it is there, else venv and pip.
set -eu
test -x .venv/bin/python || {
    echo "Opretter Python-miljø i .venv …"
    "${PYTHON:-python3}" -m venv .venv 2>/dev/null || {
        # Debian splits venv into a package of its own.
        rm -rf .venv
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && "${PYTHON:-python3}" -m venv .venv
        else
            echo "Python kan ikke oprette et miljø. Kør: sudo apt install python3-venv" >&2
            exit 1
        fi
    }
}
echo "Henter pakker ($1) …"
if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
fi

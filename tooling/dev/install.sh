#!/bin/sh
# Make .venv from requirements/dev.txt, with uv (itself from the lock) or, where uv can't reach
# the registry that pip is set up for, with pip. Argument: the Python to use.
set -eu
cd "$(dirname "$0")/../.."
python=${1:-}
if [ -z "$python" ]; then
    echo "error: no Python 3.11 or later that can make a virtual environment" >&2
    echo "  hint: install one (on Debian: python3-venv too), or say make PYTHON=/path/to/python" >&2
    exit 2
fi

echo "headwater: making .venv from requirements/dev.txt (once; a minute or less)"
.venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null

awk '/^uv==/ {found = 1} found {print} found && !/\\$/ {exit}' requirements/dev.txt >.venv/uv.txt
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
pip install --quiet --require-hashes -r .venv/uv.txt

if ! .venv/bin/uv pip install --python .venv/bin/python --require-hashes -r requirements/dev.txt; then
    echo "headwater: uv could not install the lock; trying pip (slower)" >&2
    pip install --no-deps --require-hashes -r requirements/dev.txt
fi
pip install --quiet --no-deps --no-build-isolation --editable .
touch .venv/.ready

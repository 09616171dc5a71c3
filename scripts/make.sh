#!/bin/sh
# What the Makefile calls: find a Python >= 3.11 and hand over to scripts/bootstrap. Works from any folder.
set -eu
cd "$(dirname "$0")/.."

for python in "${YUANTU_PYTHON:-}" python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
  [ -n "$python" ] || continue
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" -B -m scripts.bootstrap "$@"
  fi
done

echo "Yuantu needs Python 3.11 or newer, and none was found." >&2
echo "Debian 12: apt-get install python3. Elsewhere: name one in YUANTU_PYTHON, or use 'docker compose up'." >&2
exit 1

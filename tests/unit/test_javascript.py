"""The browser's modules, checked by the TypeScript compiler: what their JSDoc says of types has to hold."""

import subprocess

from tests.conftest import ROOT

COMPILER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def test_the_types_of_the_browser_s_modules_agree() -> None:
    done = subprocess.run(["node", str(COMPILER), "-p", "jsconfig.json"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

"""Modules of the page, run outside a browser by Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "app" / "webmap" / "static" / "js"
PACKAGES = ROOT / "node_modules"

_FRAME = """
import {{ createRequire }} from "node:module";
import {{ readFileSync }} from "node:fs";
const require = createRequire({root});
const load = (path) => import({modules} + path);
const data = JSON.parse(readFileSync(0, "utf8"));
const result = await (async () => {{ {body} }})();
process.stdout.write(JSON.stringify(result ?? null));
"""


def run_js(body: str, data: Any = None) -> Any:
    """Run the body of an async function and return what it returns.

    The body may use ``data``, ``load("tools/….js")`` for a module of the page and ``require("…")`` for a package.
    """
    frame = _FRAME.format(
        root=json.dumps(str(ROOT / "package.json")), modules=json.dumps(MODULES.as_uri() + "/"), body=body
    )
    ended = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "--eval", frame],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)

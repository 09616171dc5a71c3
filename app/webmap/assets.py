"""The browser's files: which the page needs at once, which tools there are, and which packages are served."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_IMPORT = re.compile(r"""^(?:import|export)\b[^;'"]*?from\s*["'](\.{1,2}/[\w./-]+\.js)["'];?""", re.M)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of ``package.json`` that browsers may ask for.

    Attributes
    ----------
    name
        Its folder in ``node_modules``, and its name below ``/assets``.
    folder
        The folder of the package that is served; nothing outside it is.
    proof
        A file of that folder; where it is missing, the package is not installed.
    """

    name: str
    folder: str
    proof: str


PACKAGES = (
    Package("leaflet", "dist", "leaflet.js"),
    Package("pbf", ".", "index.js"),
    Package("proj4", "dist", "proj4.js"),
    Package("geographiclib-geodesic", ".", "geographiclib-geodesic.min.js"),
    Package("@tmcw/togeojson", "dist", "togeojson.es.mjs"),
    Package("but-unzip", ".", "index.browser.min.mjs"),
    Package("shpjs", "lib", "parseShp.js"),
    Package("parsedbf", ".", "index.js"),
    Package("chart.js", "dist", "chart.umd.min.js"),
)
"""What is served below ``/assets/{name}/``."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of the workbench: ``static/js/tools/{id}.js``, loaded when it is first opened.

    Attributes
    ----------
    id
        Its name, also in the address of the page.
    style
        Whether it has a style sheet of its own.
    texts
        Whether it has texts of its own.
    """

    id: str
    style: bool
    texts: bool


def tools(static: Path = STATIC) -> tuple[Tool, ...]:
    """Return the tools whose modules exist, by name."""
    found = sorted(path.stem for path in (static / "js" / "tools").glob("*.js"))
    texts = static.parent / "texts"
    return tuple(
        Tool(name, (static / "css" / "tools" / f"{name}.css").is_file(), (texts / f"{name}.yaml").is_file())
        for name in found
    )


@cache
def core_modules(entry: Path = STATIC / "js" / "main.js") -> tuple[str, ...]:
    """Return the modules that the entry needs at once, by its ``import … from``, as paths below its folder.

    What is loaded by ``import(…)`` when it is asked for is not among them.
    """
    entry = entry.resolve()
    base = entry.parent
    found: set[Path] = set()
    waiting = [entry]
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        named = _IMPORT.findall(module.read_text(encoding="utf-8"))
        waiting += [(module.parent / name).resolve() for name in named]
    return tuple(sorted(path.relative_to(base).as_posix() for path in found))

"""A criterion is one file: what is put into the folder is asked for, measured, explained and exported."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SHADE = '''
"""Shade: a criterion that nobody needs."""

from app.siting.criteria.base import Criterion, Explained, register
from app.siting.curves import Piecewise
from app.siting.words import words


@register
class Shade(Criterion):
    """Number of characters of the name."""

    name, group, order, direction = "shade", "comfort", 90, "more"
    title, unit, basis = words("树荫", "Shade"), words("字", "characters"), words("示例", "An example.")
    presets, colour = {"balanced": 1}, {"light": "#117733", "dark": "#44aa66"}

    def curve(self, question):
        return Piecewise(((0, 0.0), (10, 1.0)))

    def measure(self, survey):
        import numpy as np

        return np.array([float(len(one)) for one in survey.names_zh])

    def explain(self, survey, row, raw):
        return Explained(words(f"{raw:g} 字", f"{raw:g} characters"))
'''


def test_a_criterion_is_added_by_one_file(database_url: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in ("layers", "geodata"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "app" / "siting" / "criteria" / "shade.py").write_text(SHADE, encoding="utf-8")
    environment = {**os.environ, "YUANTU_DATABASE_URL": database_url, "PYTHONPATH": str(tmp_path)}

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    asked = ("-m", "app.cli", "siting", "--industry", "细胞", "--weight", "industry:50,shade:50")
    answer = json.loads(run(*asked, "--json"))
    assert answer["request"]["weights"]["shade"] == 0.5
    for place in answer["results"]:
        shade = next(one for one in place["criteria"] if one["name"] == "shade")
        assert shade["raw"] == len(place["name_zh"])
        assert shade["says"]["zh"] == f"{shade['raw']:g} 字"
    assert "树荫" in run(*asked)
    told = json.loads(run("-c", "import json; from app.siting import options; print(json.dumps(options.document()))"))
    assert {"name": "comfort", "title": {"zh": "树荫", "en": "Shade"}} in told["groups"]

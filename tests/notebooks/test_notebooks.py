"""The notebooks run against the service, and are kept without their outputs."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT, Server

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PRINTED = {
    "five_plans": ("经开区东区", "人工智能", "大港片区", "已届满", "have an area:"),
    "siting": ("处符合条件的园区", "首选", "稳：", "distances, values and scores agree", "——《"),
}
"""What each notebook tells its reader; which place comes first is for the tests of siting to say."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_against_the_service(path: Path, live_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANTU_URL", live_server.url)
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    printed = "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", ()))
    for words in PRINTED[path.stem]:
        assert words in printed


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None

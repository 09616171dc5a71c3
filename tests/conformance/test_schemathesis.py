"""schemathesis: requests made up from the published descriptions, right and wrong ones; none may end in a 5xx."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Server

AS_DESCRIBED = "status_code_conformance,content_type_conformance,response_schema_conformance"
"""Answers have a status, a media type and a form that the description names."""


PRINTS = "^/print"
"""Each of these answers has Chromium lay out a sheet: half a second, where the others take milliseconds."""


@pytest.mark.parametrize(
    ("description", "paths", "amount"),
    [
        ("/ogc/api", [], ["--phases", "examples,coverage,fuzzing", "--max-examples", "60"]),
        (
            "/openapi.json",
            ["--exclude-path-regex", PRINTS],
            ["--phases", "examples,coverage,fuzzing", "--max-examples", "60"],
        ),
        ("/openapi.json", ["--include-path-regex", PRINTS], ["--phases", "fuzzing", "--max-examples", "30"]),
    ],
    ids=["ogc", "domain", "prints"],
)
def test_no_request_ends_in_a_server_error(
    live_server: Server, tmp_path: Path, description: str, paths: list[str], amount: list[str]
) -> None:
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{live_server.url}{description}", *paths,
        "--checks", f"not_a_server_error,{AS_DESCRIBED}", *amount, "--mode", "all",
        "--seed", "4490", "--warnings", "off", "--continue-on-failure",
    ]  # fmt: skip
    environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout[-12000:] + done.stderr[-2000:]
    least = 50 if PRINTS in paths else 200
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated is not None and int(generated[1]) == int(generated[2]) >= least, done.stdout

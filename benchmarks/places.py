"""Places: where the benchmarks keep what they make. All of it is under ``.yuantu`` and can be deleted."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".yuantu" / "bench"
"""The private database, layer files, logs and raw results."""

PEERS = ROOT / ".yuantu" / "bench-peers"
"""The servers we compare with, each in a folder of its own."""

LAYERS = HOME / "layers"
MAP_LAYERS = HOME / "layers-map"
"""The published layers and the generated parcels beside them, for the page."""

LOGS = HOME / "logs"
RESULTS_JSON = HOME / "results.json"
RESULTS_MD = ROOT / "benchmarks" / "RESULTS.md"

"""The command: ``python -m benchmarks prepare | peers | run | report``."""

from benchmarks.command import main

main()

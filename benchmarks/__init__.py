"""Benchmarks: this service beside its peers and beside the SQL floor, in one interleaved run."""

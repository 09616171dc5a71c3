"""Checks by others' rules: the OGC's test suite of OGC API - Features, its abstract tests, schemathesis."""

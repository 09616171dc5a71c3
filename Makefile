# Every target is a word for scripts/make.sh, which works in a folder whose path has spaces.
# `make run` serves, `make test` tests; both set up what is missing first. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run setup test conformance bench lint format clean-db hooks
PORT ?= 8000
ARGS ?=
export PORT ARGS

help:
	@echo 'make run [PORT=8077]   set up what is missing, then serve on http://127.0.0.1:8000'
	@echo 'make test [ARGS=...]   set up what is missing, then check and test; ARGS go to pytest'
	@echo 'make conformance       run the OGC test suite of OGC API - Features, and schemathesis, against the service'
	@echo 'make setup             set up only, for serving and testing'
	@echo 'make bench             measure beside tipg, pygeoapi, pg_featureserv, pg_tileserv and martin'
	@echo 'make lint              ruff, mypy --strict, import-linter'
	@echo 'make format            let ruff rewrite the Python code'
	@echo 'make clean-db          stop the private database and delete it'
	@echo 'make hooks             let git run the checks before each commit'

run:
	@sh scripts/make.sh $@

test:
	@sh scripts/make.sh $@

setup conformance bench lint format clean-db hooks:
	@sh scripts/make.sh $@

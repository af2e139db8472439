# One menu of commands, for people, pre-commit and CI alike.
# `make run` and `make test` are all that a fresh machine with Python 3.11 or newer needs.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
JOBS ?= auto

.PHONY: run test check format faults bench bench-short lock clean help

help:            ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## */\t/' | expand -t 14

run: $(STAMP)    ## set up, put example records into an empty store, and open the chat (ARGS="--port 8001")
	@if [ -t 0 ]; then $(BIN)/nearby serve --examples $(ARGS); else $(BIN)/nearby chat; fi

test: $(STAMP)   ## the whole test suite (PostgreSQL's part is skipped, saying so, where there is no server)
	@$(BIN)/pytest -n $(JOBS) $(ARGS)

check: $(STAMP)  ## lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## mend what the linter and the formatter can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

faults: $(STAMP) ## kill and cut 250 times, and see that nothing is lost or done twice (8 minutes)
	@NEARBY_FAULTS_FULL=1 $(BIN)/pytest -q -rP tests/e2e/faults tests/e2e/test_telegram.py

bench: $(STAMP)  ## every figure at full size, beside its floor (up to 45 minutes)
	@$(BIN)/python -m tests.bench

bench-short: $(STAMP) ## the same at a small size (3 minutes), so that it can't rot
	@$(BIN)/python -m tests.bench --short

lock: $(STAMP)   ## pin every dependency anew: all of them, and those that a server needs
	@$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --extra dev --allow-unsafe -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe -c requirements.lock -o requirements-run.lock pyproject.toml

clean:           ## remove what was made here
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Nearby needs Python 3.11 or newer. Try: make run PYTHON=python3.12"; exit 1; }
	@echo "Setting up (once, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	   $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ; \
	 } > $(VENV)/install.log 2>&1 || { cat $(VENV)/install.log; exit 1; }
	@touch $(STAMP)

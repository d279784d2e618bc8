# Needs only Python 3.11+ and make.  `make demo` restores a sample, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types pytest clean

demo: .venv/ready
	@echo
	@$(BIN)/unspin restore --format inline samples/border-talks.spun.txt
	@echo
	@$(BIN)/unspin restore samples/border-talks.spun.txt
	@$(BIN)/unspin score samples/border-talks.spun.txt

test: lint types pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

pytest: .venv/ready
	$(BIN)/unspin lists check
	$(BIN)/pytest -n auto

.venv/ready: pyproject.toml hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis src/unspin/lexicon/table.bin

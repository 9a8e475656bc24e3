# Everything runs in .venv, which is made here from python3 (3.11 or newer) and pip alone.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
READY := .venv/.ready

.PHONY: demo test coverage test-all proof bench lint types docs clean

demo: $(READY)
	$(BIN)/policyrules eval cn.gansu.qingyang examples/qingyang_family.json --explain --lang zh
	$(BIN)/policyrules eval cn.gansu.qingyang examples/qingyang_family.json --explain --lang en

test: $(READY)
	$(BIN)/pytest -q -n auto -m "not slow"

# The same, with the lines and branches that no test reaches; twice as slow.
coverage: $(READY)
	$(BIN)/pytest -q -n auto -m "not slow" --cov --cov-report=term

# What make test leaves out: slow tests, and the property tests with more cases. It
# needs PostgreSQL (no running server, the programs alone: -t keeps a server of its own in a folder
# of its own, also where another run was cut off), Java, Node and Chromium, as .ci/run installs them,
# and the site, whose pages are opened.
test-all: $(READY) docs
	$(PIP) install -c constraints.txt --group spark
	pg_virtualenv -t $(BIN)/pytest -q -n auto -m "slow or hypothesis" --hypothesis-profile=thorough

# Twenty thousand random programs against the definition of the language (tests/oracle.py), ten
# thousand by every engine, others in each run; SEED=… repeats a run. Prints what was met and every
# difference.
proof: $(READY)
	$(BIN)/python tests/proof.py

# Times beside those of peers in the same run; printed, never asserted.
bench: $(READY)
	test -x .venv/peers/bin/python || $(PYTHON) -m venv .venv/peers
	.venv/peers/bin/pip --disable-pip-version-check --quiet install \
		-c benchmarks/peers/constraints.txt openfisca-core openfisca-country-template
	$(BIN)/python -m benchmarks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell src grammar rulesets docs *.md Makefile pyproject.toml

types: $(READY)
	$(BIN)/mypy

# The site, in site/: any warning, any name that leads nowhere ends the build.
docs: $(READY)
	$(BIN)/sphinx-build -n -W --keep-going -q -j auto -b html docs site
	@echo "The site is in site/index.html"

clean:
	rm -rf .venv dist site docs/generated .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage grammar/tables.json

# pip learnt dependency groups in 25.1. The package comes last and builds with the hatchling just
# installed, so that constraints.txt decides its version too; it makes grammar/tables.json anew.
$(READY): pyproject.toml constraints.txt hatch_build.py grammar/policyrules.lark \
		src/policyrules/syntax/grammar.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --upgrade "pip>=25.1"
	$(PIP) install -c constraints.txt --group dev
	$(PIP) install -c constraints.txt --no-build-isolation --editable .
	touch $@

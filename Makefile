# make alone lists the commands.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: help demo test torture lint docs bench lock bundle clean

help:
	@echo "make demo     install into $(VENV) and plan central Wuhan into results/wuhan"
	@echo "make test     install into $(VENV), lint, check types and run the tests"
	@echo "make torture  the tests of docs/trust.md in full: hours"
	@echo "make lint     style and types only"
	@echo "make docs     write the pages that are made from the code, and the site docs/_build/html"
	@echo "make bench    measure against other engines and write docs/benchmarks.md: 17 minutes"
	@echo "make bundle   a folder for a PC without internet into dist/ (FOR=\"windows linux macos\")"
	@echo "make lock     write bundle/lock.txt anew: the versions that the bundle carries"
	@echo "make clean    remove $(VENV) and results"

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --upgrade pip
	$(RUN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(RUN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

demo: $(VENV)/.installed
	$(RUN)/siting run scenarios/wuhan.yaml --out results/wuhan

lint: $(VENV)/.installed-dev
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/mypy

test: lint
	$(RUN)/python -m pytest --numprocesses=auto --dist=worksteal

torture: $(VENV)/.installed-dev
	SITING_TORTURE=1 $(RUN)/python -m pytest -m trust

bench: $(VENV)/.installed-dev
	$(RUN)/python -m pip install --quiet --only-binary=:all: pandana || echo "measured without pandana"
	$(RUN)/python benchmarks --quick

docs: $(VENV)/.installed-dev
	$(RUN)/python docs/tables.py
	$(RUN)/python docs/commands.py
	$(RUN)/python docs/scenario_keys.py
	$(RUN)/python docs/interface.py
	$(RUN)/siting schema > docs/scenario.schema.json
	$(RUN)/python -m sphinx -q -W -n --keep-going -b html docs docs/_build/html

lock: $(VENV)/.installed-dev
	$(RUN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file bundle/lock.txt

bundle: $(VENV)/.installed-dev
	$(RUN)/python bundle/collect.py --platforms $(or $(FOR),windows)

clean:
	rm -rf $(VENV) dist results docs/_build

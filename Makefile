# make alone lists the commands.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: help demo test torture lint docs bench lock bundle clean

help:
	@echo "make demo   install into $(VENV) and plan central Wuhan into results/wuhan"
	@echo "make test   install into $(VENV), lint, check types and run the tests"
	@echo "make torture   the tests of docs/trust.md in full: hours"
	@echo "make lint   style and types only"
	@echo "make docs   write docs/tables.md and docs/scenario.schema.json from the code"
	@echo "make bench  measure the default study, travel times and models against other engines"
	@echo "make bundle a folder for a PC without internet into dist/ (FOR=\"windows linux macos\")"
	@echo "make lock   write bundle/lock.txt anew: the versions that the bundle carries"
	@echo "make clean  remove $(VENV) and results"

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
	$(RUN)/python -m pytest --numprocesses=auto

torture: $(VENV)/.installed-dev
	SITING_TORTURE=1 $(RUN)/python -m pytest -m trust

bench: $(VENV)/.installed-dev
	$(RUN)/python benchmarks/wuhan.py
	$(RUN)/python benchmarks/reach.py
	$(RUN)/python benchmarks/model.py

docs: $(VENV)/.installed-dev
	$(RUN)/python docs/tables.py
	$(RUN)/siting schema > docs/scenario.schema.json

lock: $(VENV)/.installed-dev
	$(RUN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file bundle/lock.txt

bundle: $(VENV)/.installed-dev
	$(RUN)/python bundle/collect.py --platforms $(or $(FOR),windows)

clean:
	rm -rf $(VENV) dist results

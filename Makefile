# The commands of the project; .ci/run runs the same ones. Everything that is made stays in .venv and var.
.DEFAULT_GOAL := help
.PHONY: help run demo serve dev test lint interop bench lock clean

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# The first Python that is new enough and can make virtual environments; LAURELS_PYTHON=… chooses another one.
FIND_PYTHON = for python in $(LAURELS_PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
	if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	echo $$python; exit 0; fi; done
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet --no-input

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# On another port the links of the demonstration lead to that port: it is made anew, beside the first one.
run demo serve: export LAURELS_BASE_URL ?= http://localhost:$(PORT)

run: $(VENV)/ready ## set up, make the demonstration, serve it on port 8000
	@LAURELS_DEMO=1 $(BIN)/laurels demo
	@LAURELS_DEMO=1 $(BIN)/laurels serve --port $(PORT)

demo: $(VENV)/ready ## make the demonstration (safe to repeat) and leave var/demo.json
	@LAURELS_DEMO=1 $(BIN)/laurels demo

serve: $(VENV)/ready ## serve what is there
	@LAURELS_DEMO=1 $(BIN)/laurels serve --port $(PORT)

dev: $(VENV)/ready-dev ## an environment with the tools of developers
	@echo "Ready: $(BIN)/pytest, $(BIN)/ruff, $(BIN)/mypy, $(BIN)/laurels"

test: $(VENV)/ready-dev ## all tests
	@$(BIN)/pytest -n auto --dist loadfile

lint: $(VENV)/ready-dev ## style, types, import contracts, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/laurels/web/templates

interop: $(VENV)/ready-dev ## foreign verifiers judge the badges of the demonstration
	@$(BIN)/python -m interop

bench: $(VENV)/ready-dev ## all measurements: awards, and this project beside others
	@$(BIN)/python -m bench

LOCK = uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

lock: ## write the requirements files anew (needs uv)
	@$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.txt >/dev/null
	@$(LOCK) $(if $(UPGRADE),--upgrade) --extra celery --output-file requirements-celery.txt >/dev/null
	@$(LOCK) $(if $(UPGRADE),--upgrade) --extra dev --output-file requirements-dev.txt >/dev/null

clean: ## forget the environment (the data in var stays)
	rm -rf $(VENV) build

$(VENV)/bin/python:
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ]; then \
		echo "Laurels needs Python 3.11 or newer with the module venv (Debian: apt-get install python3-venv)." >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(VENV)/ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Laurels needs (once; a minute or two)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	@echo "Installing the tools of developers"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

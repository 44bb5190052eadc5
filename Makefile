# Two commands do everything: `make run` and `make test`. Each sets up what it needs; both are safe to repeat.
# PORT=8123 and HOST=0.0.0.0 change where `make run` serves. docs/operations.md has the rest.

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po locale/vendor/*/LC_MESSAGES/django.po))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test bench lint setup setup-dev format messages lock clean

run: setup
	@DEMONSTRATION=1 PORT=$(PORT) HOST=$(HOST) $(BIN)/python deploy/run.py

setup: $(VENV)/.app vendor/.made $(CATALOGUES)
setup-dev: $(VENV)/.dev vendor/.made $(CATALOGUES)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.app: requirements/app.txt | $(BIN)/python
	@echo "Installing Python packages …"
	@deploy/system-packages
	@$(BIN)/pip install -qq --require-hashes -r requirements/app.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.app
	@echo "Installing packages for tests …"
	@$(BIN)/pip install -qq --require-hashes -r requirements/dev.txt
	@touch $@

vendor/.made: package-lock.json deploy/assets.py $(VENV)/.app
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed for the fonts. On Debian: apt-get install nodejs npm"; exit 1; }
	@echo "Installing fonts …"
	@npm ci --silent
	@$(BIN)/python deploy/assets.py
	@touch $@

%/django.mo: %/django.po $(VENV)/.app
	@$(BIN)/python deploy/messages.py compile

test: setup-dev
	@$(BIN)/python deploy/test.py

lint: setup-dev
	@$(BIN)/python deploy/test.py --only lint

bench: setup-dev
	@$(BIN)/python -m deploy.bench

format: setup-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format . ; $(BIN)/djlint --reformat --quiet . || true

messages: setup-dev
	@$(BIN)/python deploy/messages.py update

# After a change in requirements/*.in. No address of a package index gets into the files.
lock: setup-dev
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -p 3.11 --universal requirements/app.in -o requirements/app.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -p 3.11 --universal requirements/app.in requirements/dev.in -o requirements/dev.txt

clean:
	@rm -rf $(VENV) node_modules vendor var

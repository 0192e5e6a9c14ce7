# Two commands do everything: `make demo` and `make test`. State lives below var/; `make reset` forgets it.

SHELL := /bin/bash
PY := var/venv/bin/python
# Some machines switch byte code off; every command would then compile everything anew.
export PYTHONDONTWRITEBYTECODE :=
export WBCJ_BEGAN := $(shell date +%s.%N)
export WBCJ_PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check reset stop servers environment locks format bench faults fuzz performance proof pictures screens messages upgrade wheel tampering

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## set everything up, run the product with fictional people, print its address; Ctrl-C stops it
	@python3 setup/environment.py runtime
	@$(PY) -m setup.libraries
	@exec $(PY) -m setup.demo

test: ## set everything up and run every test
	@python3 setup/environment.py dev
	@$(PY) -m setup.libraries
	@$(PY) -m setup.typefaces
	@$(PY) -m setup.browser
	@$(PY) -m setup.poppler
ifdef ARGS
	@$(PY) -m pytest $(ARGS)
else
	@$(PY) -m pytest -n 2 --dist loadfile --ignore tests/journeys
	@$(PY) -m pytest tests/journeys
endif

check: ## format, lint, types, import contracts, migrations, deploy check; changes nothing
	@python3 setup/environment.py dev
	@$(PY) -m setup.check

reset: ## stop this checkout's servers and forget its state (the environment stays)
	@python3 setup/environment.py runtime
	@$(PY) -m setup.reset

servers: ## start the built-in PostgreSQL and Valkey and leave them running
	@python3 setup/environment.py dev
	@$(PY) -m foundation.servers start

stop: ## stop the built-in servers of this checkout
	@$(PY) -m foundation.servers stop
	@$(PY) -m foundation.servers stop --test

environment: ## make the Python environment in var/venv
	@python3 setup/environment.py dev

format: ## write every file in the project's format
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

bench: ## measure the product against the same work without it; ARGS="access files ..." names sections
	@python3 setup/environment.py dev
	@$(PY) -m setup.libraries
	@$(PY) -m setup.typefaces
	@$(PY) -m bench $(ARGS)

faults: ## cut every use-case off at every statement, and kill workers, clock and servers at work; ARGS=interruption or lab for one
	@python3 setup/environment.py dev
	@$(PY) -m faults $(ARGS)

fuzz: ## ask every operation of the API 100 000 times at random, as six systems; REQUESTS=, SEED=
	@python3 setup/environment.py dev
	@$(PY) -m setup.libraries
	@$(PY) -m fuzz

performance: ## write docs/performance.md from the last run of make bench
	@python3 setup/environment.py dev
	@$(PY) -m bench.performance

proof: ## search for a counterexample to the reference without limit; Ctrl-C ends it
	@python3 setup/environment.py dev
	@$(PY) -m pytest -m proof $(ARGS)

tampering: ## change a signed package 10 000 times, each refused by the offline check for the right reason; CHANGES=, SEED=, WORKERS=
	@python3 setup/environment.py dev
	@$(PY) -m setup.libraries
	@$(PY) -m setup.typefaces
	@$(PY) -m tests.jits.package.tampering

pictures: ## take the README's pictures from the running demo
	@python3 setup/environment.py dev
	@$(PY) -m setup.browser
	@DJANGO_SETTINGS_MODULE=wbcj.settings.production WBCJ_DEMO=1 $(PY) -m setup.pictures

screens: ## take every page of the running demo at two widths, as contact sheets below var/screens/
	@python3 setup/environment.py dev
	@$(PY) -m setup.browser
	@DJANGO_SETTINGS_MODULE=wbcj.settings.production WBCJ_DEMO=1 $(PY) -m setup.screens

wheel: ## build the wheel, which carries the offline check of signed packages, below var/wheel/
	@python3 setup/environment.py dev
	@var/uv/bin/uv build --quiet --wheel --offline --python $(PY) --out-dir var/wheel .

messages: ## extract what is marked, make the pseudo-locale, update the catalogues; LANGUAGES="sq mk" starts new ones
	@python3 setup/environment.py dev
	@$(PY) -m setup.messages $(LANGUAGES)

upgrade: ## try the migrations on a filled database: FROM=tag or commit whose demo world is migrated and compared
	@python3 setup/environment.py dev
	@$(PY) -m setup.upgrade $(FROM)

locks: ## compile requirements/ anew from pyproject.toml
	@python3 setup/environment.py dev
	@bash setup/locks.sh

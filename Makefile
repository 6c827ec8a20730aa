# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run test coverage lint format hooks bench bench-extraction bench-feeds bench-pages bench-queries bench-scale bench-chaos bench-stories lock reference docs clean weights pictures messages

## run: the bot; the preview if DISCORD_TOKEN is not set
run: $(VENV)/.runtime
	$(PY) -m bot run

TESTS := -m pytest -n 2 --dist loadfile --no-loadscope-reorder

## test: lint, types, all tests
test: lint
	$(PY) $(TESTS)

## coverage: all tests, and which lines they run; takes about twice as long
coverage: $(VENV)/.dev
	$(PY) $(TESTS) --cov --cov-report=term

lint: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(PY) -m bot reference --check docs/reference

format: $(VENV)/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

## hooks: check each commit with pre-commit, from the same environment
hooks: $(VENV)/.dev
	$(PY) -m pre_commit install

bench: $(VENV)/.dev
	$(PY) -m benchmarks

## bench-extraction: claims, actors and kinds against gold in the folder HEARSAY_SHARED (or ../shared)
bench-extraction: $(VENV)/.dev
	$(PY) -m benchmarks extraction

## bench-feeds: polling compared with a bare loop, reader and feedparser
bench-feeds: $(VENV)/.dev
	$(PY) -m benchmarks feeds

## bench-pages: reading pages compared with trafilatura; HEARSAY_PAGES names a folder of further pages
bench-pages: $(VENV)/.dev
	$(PY) -m benchmarks pages

## bench-queries: questions to archives of up to a million claims, compared with bare SQL; HEARSAY_BENCH_DATA keeps them
bench-queries: $(VENV)/.dev
	$(PY) -m benchmarks queries

## bench-stories: grouping and merging against gold, and their cost, compared with scikit-learn if it is installed
bench-stories: $(VENV)/.dev
	$(PY) -m benchmarks stories

## bench-scale: articles a minute of one process and of several on PostgreSQL, and 100,000 feeds; a quarter of an hour
bench-scale: $(VENV)/.dev
	$(PY) -m benchmarks scale

## bench-chaos: 200 times something is killed, frozen or cut off; what Discord shows is counted; half an hour
bench-chaos: $(VENV)/.dev
	$(PY) -m benchmarks chaos

## reference: docs/reference/*.md from the code
reference: $(VENV)/.dev
	$(PY) -m bot reference --write docs/reference

## docs: the documentation site in build/site; fails on a dead link
docs: $(VENV)/.docs
	$(PY) -m bot reference --check docs/reference
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict

# Half an environment (Debian without python3-venv makes one) would look complete to the next make.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "This is Python %d.%d. \
	Hearsay needs 3.11 to 3.13: name one, as in make run PYTHON=python3.12" % sys.version_info[:2])'
	@echo "First run: setting up Python in $(VENV), then installing Hearsay's libraries there (some 600 MB on disk)."
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# The lock names every package, so nothing is resolved: a later release cannot change an installation.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the libraries named in requirements.lock: half a minute to a few minutes, depending on the network …"
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/.docs: requirements-docs.lock $(VENV)/.runtime
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-docs.lock
	touch $@

## lock: pin what pyproject.toml asks for (needs uv); make lock UPGRADE=--upgrade takes the newest releases
COMPILE = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)
lock:
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) --extra docs -c requirements-dev.lock pyproject.toml -o requirements-docs.lock

## messages: bot/languages/catalogues from the strings in the code, and compiled
messages: $(VENV)/.dev
	$(PY) -m bot messages

## pictures: docs/pictures/*.png from the present output (needs Chromium)
pictures: $(VENV)/.dev
	$(PY) -m preview.pictures

clean:
	rm -rf $(VENV) .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache

## weights: train a model from corpora, without a GPU: make weights CORPORA=… BASE=… RUNS=… FILES=… TRAINING=…/bin/python
TRAINING ?= python3
TRAIN = $(TRAINING) -m training
GIVEN = --corpora $(CORPORA) --base $(BASE)
weights:
	$(TRAIN) prepare $(GIVEN) --out $(RUNS)
	$(TRAIN) train $(GIVEN) --out $(RUNS)/fold0 --fold 0/2 --held-out 0 --epochs 6 --damage 0.15 --own 0 --names 0
	$(TRAIN) train $(GIVEN) --out $(RUNS)/fold1 --fold 1/2 --held-out 0 --epochs 6 --damage 0.15 --own 0 --names 0
	$(TRAIN) opinions $(GIVEN) --out $(RUNS)/opinions.npz --runs $(RUNS)/fold0 --runs $(RUNS)/fold1
	$(TRAIN) train $(GIVEN) --out $(RUNS)/first --opinions $(RUNS)/opinions.npz
	$(TRAIN) names $(GIVEN) --go-on-from $(RUNS)/first --out $(RUNS)/names
	$(TRAIN) export --base $(BASE) --out $(RUNS)/names --to $(FILES)
	$(TRAIN) verifier $(GIVEN) --runs $(RUNS)/fold0 --runs $(RUNS)/fold1 --out $(FILES)
	$(TRAIN) kinds --corpora $(CORPORA) --out $(FILES)

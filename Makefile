# Two commands do everything: `make demo` and `make test`. Everything else is a part of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
DEMO_HOME := $(CURDIR)/demo/home

.PHONY: demo test test-library test-whole lint bench bench-flows soak screenshots format clean install
.DEFAULT_GOAL := demo

install: $(STAMP)

# Old pips (23.2, as Python 3.11.7 has it) die on lxml's extras, so pip comes first. The CPU build of torch is 0.2 GB, the
# default one on Linux brings 15 CUDA packages: without an NVIDIA GPU the CPU index is tried, quietly, and then the usual one.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Entente needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): about 1 GB to download, 2.1 GB on disk, 3 to 5 minutes the first time"
	@$(BIN)/pip install --quiet --disable-pip-version-check --upgrade "pip>=25"
	@if [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1; then \
	  $(BIN)/pip install --quiet --no-deps --timeout 10 --retries 0 --index-url https://download.pytorch.org/whl/cpu "torch==2.13.0" >/dev/null 2>&1 || true; fi
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test,bench]"
	@touch $@

# The demo keeps its own store under demo/home: your own data directory is never touched.
demo: $(STAMP)
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente ingest corpus/articles/0* --flow --themes
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente register
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente claims --limit 20
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente themes
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente run list
	@ENTENTE_HOME="$(DEMO_HOME)" $(BIN)/entente brief --out demo/brief.html
	@echo
	@echo "Next:  export ENTENTE_HOME='$(DEMO_HOME)'"
	@echo "       open demo/brief.html                            the morning brief, one page"
	@echo "       $(BIN)/entente register --party Poland          the register, filtered"
	@echo "       $(BIN)/entente show ID                          a record with its quotes (ids stand in the first column)"
	@echo "       $(BIN)/entente ingest YOUR-ARTICLE.txt --published 2025-09-17"
	@echo "       $(BIN)/entente db stop                          stop the demo's database"

# Two halves side by side, since the second mostly waits: for servers, browsers, and processes that are killed.
test: $(STAMP)
	$(MAKE) -j2 test-library test-whole

test-library: $(STAMP)
	$(BIN)/pytest tests/pipeline tests/models --ignore tests/pipeline/review

test-whole: $(STAMP)
	$(BIN)/pytest tests --ignore tests/pipeline --ignore tests/models --ignore tests/benchmarks --ignore tests/soak
	$(BIN)/pytest tests/pipeline/review

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Speed and memory: machines are shared and noisy, so figures are CPU seconds and ratios within one run.
bench: $(STAMP)
	$(BIN)/pytest tests/benchmarks --benchmark-disable-gc -p no:randomly -s
	$(MAKE) bench-store
	$(MAKE) bench-flows

# Writers and readers at once for a minute, on the embedded server and by URL; fifty kills of a run and of its
# database, and fifty of all that takes part in scheduled ingestion: that takes an hour.
soak: $(STAMP)
	$(BIN)/pytest tests/soak -p no:randomly -s

# The pictures in docs/review.md, of invented articles; needs Chromium.
screenshots: $(STAMP)
	$(BIN)/pytest tests/browser/screenshots.py -p no:randomly

# A generated store of 20,000 articles and what it answers: some ten minutes and 4 GB. SIZE=1000 is done in one.
SIZE ?= 20000
STORE_HOME := $(CURDIR)/demo/store-$(SIZE)
bench-store: $(STAMP)
	$(BIN)/python tests/benchmarks/store.py --articles $(SIZE) --home "$(STORE_HOME)" --out "$(STORE_HOME).json"; \
	  status=$$?; ENTENTE_HOME="$(STORE_HOME)" $(BIN)/entente db stop; exit $$status

# Prefect's share, two workers, the whole way against its bare parts, memory: half an hour on two cores.
bench-flows: $(STAMP)
	$(BIN)/python tests/benchmarks/ingestion.py overhead --articles 500
	$(BIN)/python tests/benchmarks/ingestion.py memory --articles 2000
	$(BIN)/python tests/benchmarks/ingestion.py workers --articles 100
	$(BIN)/python tests/benchmarks/ingestion.py parts --articles 100

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .import_linter_cache .hypothesis

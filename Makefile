# headwater: `make` alone lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first of these that is Python 3.11 or later and can make a virtual environment.
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14 python
PYTHON ?= $(shell for p in $(PYTHONS); do "$$p" -c 'import ensurepip, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
BIN := .venv/bin
READY := .venv/.ready
# Named one by one: integration_tests/dbt_packages links back to the checkout.
SQL := models macros snapshots tests $(wildcard $(addprefix integration_tests/,models macros snapshots tests))
# Users without a home of their own (`nobody`, some CI) have no place for uv's cache.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export UV_CACHE_DIR ?= $(CURDIR)/.headwater/uv
endif
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make lock" $(LOCK_FLAGS)

.PHONY: help
help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ------------------------------------------------------------------ the environment

.PHONY: install
install: $(READY) ## Make .venv from the lock (the other targets do it when needed)

$(READY): requirements/dev.txt pyproject.toml tooling/dev/install.sh
	@sh tooling/dev/install.sh "$(PYTHON)"

.PHONY: lock
lock: $(READY) ## Write requirements/*.txt from pyproject.toml (LOCK_FLAGS=--upgrade for newer versions)
	$(UV_COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(UV_COMPILE) pyproject.toml -o requirements/runtime.txt
	$(UV_COMPILE) pyproject.toml --group tests --resolution lowest-direct -o requirements/oldest.txt
	$(UV_COMPILE) --group dbt-1-10 -o requirements/dbt-1.10.txt
	$(UV_COMPILE) --group dbt-1-12 -o requirements/dbt-1.12.txt
	$(UV_COMPILE) --group dbt-2 -o requirements/dbt-2.txt
	$(UV_COMPILE) --group tpc -o requirements/tpc.txt
	$(UV_COMPILE) --group dlt -o requirements/dlt.txt
	$(UV_COMPILE) --group spark -o requirements/spark.txt
	$(UV_COMPILE) --group sail -o requirements/sail.txt
	$(UV_COMPILE) --group bigquery -o requirements/bigquery.txt
	$(UV_COMPILE) --group postgres-14 -o requirements/postgres-14.txt
	$(UV_COMPILE) --group postgres-15 -o requirements/postgres-15.txt
	$(UV_COMPILE) --group postgres-16 -o requirements/postgres-16.txt
	$(UV_COMPILE) --group postgres-17 -o requirements/postgres-17.txt

# ------------------------------------------------------------------ the four verbs

.PHONY: demo
demo: $(READY) ## Build the demo warehouse on a real Postgres, then ask lineage about it
	@$(BIN)/python tooling/dev/demo.py

.PHONY: test
test: $(READY) ## Run every test: pytest, the demo's dbt build, integration_tests
	@$(BIN)/python tooling/dev/run_tests.py $(ARGS)

.PHONY: check
check: $(READY) ## Check style, types, layers, SQL format, documented macros, house rules
	@$(MAKE) --keep-going check-style check-types check-layers check-sql check-house
	@echo "all checks passed"

.PHONY: check-style check-types check-layers check-sql check-house
check-style:
	$(BIN)/ruff check --output-format concise tooling
	$(BIN)/ruff format --check tooling
check-types:
	$(BIN)/mypy --no-error-summary -p headwater
	$(BIN)/mypy --no-error-summary $(wildcard tooling/dev/*.py)
check-layers:
	$(BIN)/lint-imports --no-logo
check-sql:
	$(BIN)/sqlfmt --quiet --check $(SQL)
check-house:
	$(BIN)/python tooling/dev/macro_index.py --check
	$(BIN)/python tooling/dev/doc_output.py --check
	$(BIN)/python tooling/dev/house.py

.PHONY: docs
docs: $(READY) ## Write the output that the documentation shows, and the index of macros, anew
	@$(BIN)/python tooling/dev/late_source.py
	@$(BIN)/python tooling/dev/doc_output.py
	@$(BIN)/python tooling/dev/html_picture.py
	@$(BIN)/python tooling/dev/macro_index.py

.PHONY: bench
bench: $(READY) ## Measure, and say where the numbers go
	@$(BIN)/python tooling/bench/run.py

.PHONY: fmt
fmt: $(READY) ## Format Python and SQL
	@$(BIN)/ruff check --fix-only --quiet tooling
	@$(BIN)/ruff format tooling
	@$(BIN)/sqlfmt $(SQL)

# ------------------------------------------------------------------ further

.PHONY: test-sqlglot
test-sqlglot: $(READY) ## Run the tool's tests on the oldest sqlglot it allows
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venvs/oldest
	@$(BIN)/uv pip sync --quiet --python .venvs/oldest/bin/python --require-hashes requirements/oldest.txt
	@PYTHONPATH=tooling .venvs/oldest/bin/python -m pytest -n 2 -q tooling/tests/unit $(wildcard tooling/tests/cases)

.PHONY: test-engines
test-engines: $(READY) ## Run integration_tests on every engine there is (ENGINES="spark sail" for some)
	@$(BIN)/python tooling/dev/engine_runs.py $(ENGINES)

.PHONY: demo-load
demo-load: $(READY) ## The demo on tables that dlt loads from files and an API, twice, instead of seeds
	@$(BIN)/python tooling/dev/load_demo.py

.PHONY: psql
psql: $(READY) ## Open psql on the demo's warehouse
	@$(BIN)/python tooling/dev/postgres.py run -- psql

.PHONY: clean
clean: ## Remove what the targets made: environments, the demo's warehouse, dbt's output
	@$(PYTHON) tooling/dev/postgres.py clean
	@rm -rf .venv .venvs .headwater target logs dbt_packages integration_tests/target
	@rm -rf integration_tests/logs integration_tests/dbt_packages

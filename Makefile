# Two commands are enough: `make run` and `make test`. The rest is for those who work on the site.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTANCE := $(or $(NASTAV_INSTANCE),instance)
WORKERS ?= 2
FAST := -m "not browser and not office and not slow and not soak"

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-postgres system-tools test-tools check lint pictures soak bench lock backup clean

help: ## показать этот список
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt requirements-sqlite.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Нужен Python 3.11 или новее, а это `$(PYTHON) --version`. Укажите другой: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Не создаётся .venv. В Debian поставьте: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-sqlite.txt 2> /dev/null || echo "Новый SQLite (pysqlite3) на этой машине не ставится: сайт возьмёт тот, что в Python. Всё работает, сохранение чуть медленнее."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@

setup: $(VENV)/run.stamp ## поставить всё необходимое в .venv

run: setup ## загрузить приказ и открыть сайт (HOST=0.0.0.0 — для соседей, PORT=8000)
	@$(BIN)/nastav init
	@exec $(BIN)/nastav run --host $(HOST) --port $(PORT)

demo: setup ## открыть сайт с вымышленными данными
	@$(BIN)/nastav demo
	@NASTAV_INSTANCE=$(INSTANCE)/demo exec $(BIN)/nastav run --host $(HOST) --port $(PORT)

system-tools:
	@$(PYTHON) tests/support/tools.py

test-tools: system-tools $(VENV)/dev.stamp

test: test-tools lint ## поставить нужное для проверок и выполнить их все
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

test-postgres: test-tools ## проверки охвата, сводки, плана и проверки этапов на PostgreSQL (свой сервер на время проверок)
	$(BIN)/python -m tests.support.postgres -q -n $(WORKERS) -m "not browser and not office and not soak" tests/test_postgres.py tests/coverage tests/progress tests/rollup tests/plan tests/review tests/samples tests/execution tests/test_recall.py tests/test_kept_neighbours.py

check: $(VENV)/dev.stamp lint ## быстрый круг: формат, правила, типы, проверки того, что изменено
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(FAST) `$(BIN)/python -m tests.support.changed`

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff format --check --quiet . || { echo "Есть неотформатированные файлы: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .lint-imports.log || { cat .lint-imports.log; exit 1; }
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python -m tests.support.unused

pictures: test-tools ## снять картинки README и помощи заново, с вымышленных данных
	$(BIN)/python -m tests.support.pictures

soak: test-tools ## долгие проверки надёжности, по строке на цифру
	$(BIN)/python -m pytest -q -s -m soak
	NASTAV_SQLITE=stdlib $(BIN)/python -m pytest -q -s -m soak tests/soak/test_kills.py tests/soak/test_storage.py

bench: setup ## измерить скорость рядом с пустой страницей Flask
	@$(BIN)/python tests/support/tools.py bench
	$(BIN)/python -m bench --schools 13 130
	$(BIN)/python -m bench.crowded
	$(BIN)/python -m bench.counted
	$(BIN)/python -m bench.report
	$(BIN)/python -m bench.kept
	$(BIN)/python -m bench.memory

lock: $(VENV)/dev.stamp ## обновить requirements*.txt по pyproject.toml
	$(BIN)/uv lock --quiet --upgrade
	$(BIN)/uv export --quiet --no-dev --no-emit-project --no-annotate --no-header -o requirements.txt > /dev/null
	$(BIN)/uv export --quiet --no-emit-project --no-annotate --no-header -o requirements-dev.txt > /dev/null
	$(BIN)/uv export --quiet --only-group sqlite --no-emit-project --no-annotate --no-header -o requirements-sqlite.txt > /dev/null

backup: setup ## записать резервную копию рядом
	@$(BIN)/nastav backup nastav-`date +%Y-%m-%d`.zip

clean: ## убрать .venv и всё, что можно сделать заново (база остаётся)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis out .lint-imports.log

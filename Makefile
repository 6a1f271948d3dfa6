# Readout's commands. All that a machine must have is make and Python 3.11 with its venv module.
# Paths are relative and programs are run as `python -m`, so that the folder's own path may hold blanks.

PYTHON = python3
IN_VENV = .venv/bin/python
QUICK = not faults and not browser and not long
COMPILE = $(IN_VENV) -m uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate

.PHONY: help run stop test test-full lint bench lock environment environment-dev

help:
	@echo 'make run         run Readout here, with its own PostgreSQL and Valkey unless DATABASE_URL and REDIS_URL are set'
	@echo '                 (PORT=8001 make run: on another port)'
	@echo 'make stop        stop it from another terminal, and what a killed one left running'
	@echo 'make test        the tests (ARGS="tests/claims -x": some of them)'
	@echo 'make test-full   lint, and every test: killed servers and browsers too'
	@echo 'make lint        formatting, types, and who may import whom'
	@echo 'make bench       quality and speed on data that is handed in (ARGS="TASK …")'
	@echo 'make lock        pin the newest packages that requirements/*.in allow'

run: environment
	@exec $(IN_VENV) -m config.supervisor

stop: environment
	@exec $(IN_VENV) -m config.supervisor stop

test: environment-dev
	$(IN_VENV) -m pytest -n auto -m "$(QUICK)" $(ARGS)

test-full: lint
	$(IN_VENV) -m pytest -n auto -m "$(QUICK)"
	$(IN_VENV) -m pytest -n auto -m "(browser or long) and not faults"
	$(IN_VENV) -m pytest -m faults

lint: environment-dev
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m mypy
	$(IN_VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(IN_VENV) -m bandit -q -r claims config verification -c pyproject.toml
	DJANGO_SETTINGS_MODULE=tests.lint_settings $(IN_VENV) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tests.lint_settings $(IN_VENV) manage.py lintmigrations --project-root-path . --no-cache --include-apps claims verification --warnings-as-errors

bench: environment-dev
	@exec $(IN_VENV) -m benchmarks $(ARGS)

lock: environment-dev
	$(COMPILE) requirements/run.in -o requirements/run.lock --upgrade
	$(COMPILE) requirements/dev.in -o requirements/dev.lock -c requirements/run.lock --upgrade
	$(COMPILE) requirements/installer.in -o requirements/installer.lock --upgrade
	$(COMPILE) requirements/replaying.in -o requirements/replaying.lock --upgrade

environment:
	@$(PYTHON) -I config/environment.py run

environment-dev:
	@$(PYTHON) -I config/environment.py dev

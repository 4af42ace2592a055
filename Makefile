# Each target works on a fresh Debian machine with Python 3.11, make and git; real servers are installed where we may.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench soak servers clean

run: $(VENV)/ready
	$(BIN)/sibadra demo $(ARGS)

test: $(VENV)/dev servers
	$(BIN)/python -m pytest -m "not soak" $(ARGS)

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev servers
	for each in bench/[a-z]*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

soak: $(VENV)/dev servers
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,fuzz]'
	@sh deploy/install-servers programs
	$(BIN)/python -m pytest -m soak $(ARGS)

# Dovecot and Postfix of Debian's packages, for the tests on real parts; nothing of them is started on the machine.
servers:
	@sh deploy/install-servers

$(VENV)/ready: setup.cfg pyproject.toml
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || sh deploy/install-venv $(PYTHON) $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

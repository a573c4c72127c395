# make book builds the course, make test proves it; each needs Python 3.11 or later, and brings the rest itself.

PYTHON ?= python3
UV_VERSION = 0.13.9
BIN = .venv/bin
FRONTEND = iiv_course/frontend
LOCK = uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --upgrade pyproject.toml
# Bytecode is worth its seconds: without it every command compiles its libraries anew.
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help book test lab serve check refresh frontend lock bench soak firefox clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

book: .venv/.book ## build the book into _build/html
	@$(BIN)/iiv build

test: .venv/.test $(FRONTEND)/node_modules/.installed ## prove everything: style, types, units, notebooks, book, JupyterLab
	@$(BIN)/python tests/provision.py chromium
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/iiv check
	$(BIN)/mypy
	$(NODE_PATH_FIRST) npm --prefix $(FRONTEND) run --silent check
	$(NODE_PATH_FIRST) npm --prefix $(FRONTEND) run --silent test
	$(NODE_PATH_FIRST) $(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/pytest -n 2 --dist loadfile --nbval notebooks/
	$(BIN)/python -m tests.drafts.figures
	@echo "All tests passed."

lab: .venv/.book ## open the lessons in JupyterLab
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/00-start-here.ipynb

serve: .venv/.book ## serve the book to this machine and follow every change
	@$(BIN)/iiv serve

check: .venv/.book ## prove that banks, notebooks and references fit together
	@$(BIN)/iiv check

refresh: .venv/.book ## run the notebooks again and store what they show
	@$(BIN)/iiv refresh

frontend: .venv/.test $(FRONTEND)/node_modules/.installed ## bundle the widgets anew
	$(BIN)/python $(FRONTEND)/generate.py
	$(NODE_PATH_FIRST) npm --prefix $(FRONTEND) run --silent build

lock: .venv/.uv ## pin the newest versions that pyproject.toml allows
	$(BIN)/$(LOCK) -o requirements.txt
	$(BIN)/$(LOCK) --extra test -c requirements.txt -o requirements-test.txt

bench: .venv/.test $(FRONTEND)/node_modules/.installed ## measure, beside the peer
	$(BIN)/python -m tests.benchmarks

soak: .venv/.test $(FRONTEND)/node_modules/.installed ## run the long tests
	$(NODE_PATH_FIRST) $(BIN)/pytest -m soak

firefox: .venv/.test ## open the book in Firefox
	$(BIN)/pytest -m firefox

clean: ## remove what was built, but not what was installed
	rm -rf _build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The npm that belongs to the Node found; a word for recipes, evaluated when a recipe runs.
NODE_PATH_FIRST = PATH="$$(dirname "$$($(BIN)/python tests/provision.py node)"):$$PATH"

.venv/.uv: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is not Python 3.11 or later; name one that is: make PYTHON=python3.12 book" >&2; exit 1; }
	@echo "Installing into .venv …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.book: .venv/.uv requirements.txt pyproject.toml
	@$(INSTALL) -r requirements.txt
	@$(INSTALL) --no-deps -e .
	@touch $@

.venv/.test: .venv/.book requirements-test.txt
	@$(INSTALL) -r requirements-test.txt
	@touch $@

$(FRONTEND)/node_modules/.installed: .venv/.test $(FRONTEND)/package-lock.json
	@$(NODE_PATH_FIRST) npm --prefix $(FRONTEND) ci --silent --no-audit --no-fund
	@touch $@

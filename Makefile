# Every command sets itself up in .venv, and again only when what is to be installed has changed.
.DEFAULT_GOAL := help
.PHONY: help serve site fast test check words commits fuzz drill bench dist lowest backstage tools lock clean

ADDR ?= 127.0.0.1:8000
SINCE ?= origin/main
PYTHON_IN_VENV := .venv/bin/python
MKDOCS := $(PYTHON_IN_VENV) -m mkdocs
# Material prints a notice on MkDocs 2 at every build; pyproject.toml pins MkDocs below it.
export NO_MKDOCS_2_WARNING := 1

# Dates in the site are those of the last commit, so a commit builds the same bytes at any time.
COMMIT_DATE = export SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)}"

help: ## list the commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

serve: .venv/ready ## build the site and serve it with live reload; ADDR=0.0.0.0:8000 to listen elsewhere
	@$(PYTHON_IN_VENV) -c 'import socket as s; host, _, port = "$(ADDR)".rpartition(":"); s.create_server((host, int(port)))' \
		2>/dev/null || { echo "cannot listen on $(ADDR); choose another: make serve ADDR=127.0.0.1:8001" >&2; exit 1; }
	@$(COMMIT_DATE); exec $(MKDOCS) serve --livereload --dev-addr $(ADDR)

site: .venv/ready ## build the site once, into site/
	@$(COMMIT_DATE); exec $(MKDOCS) build --strict

fast: .venv/ready-dev ## run the tests that start no command, tool or browser: an answer in under a minute
	@$(PYTHON_IN_VENV) -m pytest -m "not border" --numprocesses auto --maxprocesses 6 --dist worksteal $(ARGS)

test: .venv/ready-dev tools ## run all the tests; ARGS="-k word" to run some
	@$(PYTHON_IN_VENV) -m pytest --numprocesses auto --maxprocesses 6 --dist worksteal $(ARGS)

check: .venv/ready-dev node_modules/ready ## lint, formatting, types, and the safety of the workflows
	@$(PYTHON_IN_VENV) -m ruff check .
	@$(PYTHON_IN_VENV) -m ruff format --check .
	@$(PYTHON_IN_VENV) -m mypy
	@$(PYTHON_IN_VENV) -m mypy --namespace-packages --explicit-package-bases tests macros bench
	@npm run --silent lint
	@npm run --silent types
	@.venv/bin/zizmor --offline --quiet --no-progress --pedantic --strict-collection .github action.yml

words: .venv/ready-dev ## bring the catalogs of src/opsbook/locale up to date with the sources; ARGS=nl for a new one
	@PYTHONPATH=tests $(PYTHON_IN_VENV) -m catalogs $(ARGS)

commits: .venv/ready-dev ## check the messages of the commits since SINCE=origin/main
	@commits=$$(git rev-list --no-merges "$(SINCE)..HEAD") || exit 1; \
	for commit in $$commits; do \
		git log -1 --format=%B "$$commit" >.venv/message && \
		.venv/bin/conventional-pre-commit --strict .venv/message || exit 1; \
	done

fuzz: .venv/ready-dev ## feed damaged files to all loaders; ARGS="--seconds 3600", ARGS="--target api --guided"
	@PYTHONPATH=tests $(PYTHON_IN_VENV) -m fuzz.run $(ARGS)

drill: .venv/ready-dev ## walk through runbooks on real servers, command by command; ARGS="restore" for one scenario
	@PYTHONPATH=tests $(PYTHON_IN_VENV) -m drills.run $(ARGS)

bench: .venv/ready-dev ## measure builds, drawings and the search, side by side with plain MkDocs and plain diagrams
	@$(PYTHON_IN_VENV) bench/build.py
	@$(PYTHON_IN_VENV) bench/drawings.py
	@$(PYTHON_IN_VENV) bench/runbooks.py
	@$(PYTHON_IN_VENV) bench/imports.py
	@$(PYTHON_IN_VENV) bench/search/run.py

dist: .venv/ready-dev tools ## build the sdist and the wheel into dist/, and try both; TAG=v0.2.0 to hold the version to it
	@scripts/dist "$${TAG:-}"

lowest: .venv/ready-dev ## build sites with the lowest versions that pyproject.toml allows
	@scripts/lowest

backstage: .venv/ready-dev ## build sites with the newest plugin of Backstage, beside Opsbook and without it
	@scripts/backstage

tools: .venv/ready-dev ## bring what the tests need beside Python: a Chromium, promtool, nginx and the like
	@$(PYTHON_IN_VENV) tests/external_programs.py
	@$(PYTHON_IN_VENV) tests/chromium.py
	@scripts/neighbours

# requirements.txt is resolved first and keeps the pins that it has, an update by Dependabot among them; the locks
# add hashes to the same pins. `fewest` wants one version for all of Python 3.11 to 3.13. No index address is written.
RESOLVE = .venv/bin/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --no-annotate --no-emit-index-url --custom-compile-command "make lock"

lock: .venv/ready-dev ## pin the packages of pyproject.toml again; ARGS=--upgrade for newer ones
	$(RESOLVE) $(ARGS) --group build --output-file requirements.txt
	$(RESOLVE) $(ARGS) --group build --constraint requirements.txt --generate-hashes --output-file requirements.lock
	$(RESOLVE) $(ARGS) --all-extras --group dev --constraint requirements.txt --generate-hashes \
		--output-file requirements-dev.lock
	.venv/bin/uv pip compile --quiet pyproject.toml tests/compatibility/neighbours.in --group build --python-version 3.11 \
		--no-annotate --no-emit-index-url --custom-compile-command "make lock" $(ARGS) --constraint requirements.txt \
		--generate-hashes --output-file requirements-neighbours.lock
	@printf '%s\n' '-e .' >>requirements.txt

clean: ## remove .venv, node_modules and all that the commands made
	rm -rf .venv node_modules .cache site dist build .mypy_cache .pytest_cache .ruff_cache

.venv/ready: requirements.lock pyproject.toml scripts/setup
	@scripts/setup requirements.lock
	@touch $@

.venv/ready-dev: requirements-dev.lock pyproject.toml scripts/setup
	@scripts/setup requirements-dev.lock
	@touch .venv/ready $@

node_modules/ready: package-lock.json package.json .npmrc | .venv/ready-dev
	@$(PYTHON_IN_VENV) tests/external_programs.py npm
	@echo "Installing the packages of package-lock.json, which check scripts and styles"
	@npm ci --loglevel=error
	@touch $@

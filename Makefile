# make VERB [ARGS='...'] does what scripts/dev.py says of VERB; so, for example:
#   make serve ARGS='-a 127.0.0.1:9000'
#   make test PYTHON=python3.13
PYTHON ?= python3
ARGS ?=
DEV = @$(PYTHON) scripts/dev.py

.PHONY: help serve site test fast script generate format lock bench clean

help: ## list these verbs
	@sed -n 's/^\([a-z]*\):.*## /make \1:/p' Makefile | awk -F: '{ printf "%-15s %s\n", $$1, $$2 }'

serve: ## serve the site and reload it on every change
	$(DEV) $@ $(ARGS)

site: ## build the site into site/
	$(DEV) $@ $(ARGS)

test: ## run every check, the browser tests too
	$(DEV) $@ $(ARGS)

fast: ## run the tests that need no browser
	$(DEV) $@ $(ARGS)

script: ## bundle the explorer's script (needs Node, as test does)
	$(DEV) $@ $(ARGS)

generate: ## write the files that follow from errors.yaml
	$(DEV) $@ $(ARGS)

format: ## lay out the code and fix what Ruff can fix
	$(DEV) $@ $(ARGS)

lock: ## compile the lists in requirements/ (ARGS=--upgrade for newer versions)
	$(DEV) $@ $(ARGS)

bench: ## measure speed
	$(DEV) $@ $(ARGS)

clean: ## remove what the others made, except .venv and node_modules
	$(DEV) $@ $(ARGS)

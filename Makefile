# Everything a host or a developer types. It needs make and Python 3.11 or newer, nothing else.
PORT ?= 8000
ARGS ?=
PY := .venv/bin/python

# A Python that was upgraded away leaves an environment that cannot run: then it is made again.
STALE := $(shell [ ! -e .venv/made ] || $(PY) -c '' 2>/dev/null || rm -f .venv/made .venv/for-running .venv/for-testing)

.PHONY: install run test test-all bench lint

install: .venv/for-running
	@true

run: .venv/for-running
	@exec .venv/bin/mendline up --port $(PORT)

test: .venv/for-testing
	@$(PY) -m tests.side_by_side $(ARGS)

# Also what is marked as slow, and the stories once more in a house where Redis was never started.
test-all: .venv/for-testing
	@.venv/bin/pytest -m "" $(ARGS)
	$(if $(ARGS),,@STORIES_WITHOUT_REDIS=1 .venv/bin/pytest -m "" tests/stories)

bench: .venv/for-testing
	@$(PY) -m tests.bench $(ARGS)

lint: .venv/for-testing
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/pytest -q tests/test_layering.py tests/test_sizes.py
	@.venv/bin/mendline scripts check

# Each stamp is written when its lock file is wholly installed, so an interrupted installation is taken up again.
.venv/for-running: requirements/run.txt | .venv/made
	@$(call INSTALL,requirements/run.txt)
	@touch $@

.venv/for-testing: requirements/dev.txt | .venv/made
	@$(call INSTALL,requirements/dev.txt)
	@touch $@ .venv/for-running

# The project lies where it lies: a .pth line finds it, so that nothing is built and no build tool is fetched.
.venv/made:
	@$(PY) -m pip --version >/dev/null 2>&1 || { $(FIND_PYTHON); \
	  echo "Making .venv (about a minute, once)…"; "$$python" -m venv --clear .venv; }
	@echo "$(CURDIR)" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/mendline.pth"
	@printf '%s\n' "$$MENDLINE" > .venv/bin/mendline
	@chmod +x .venv/bin/mendline
	@touch $@

INSTALL = $(PY) -m pip install -qq --disable-pip-version-check --no-input --only-binary=:all: --require-hashes -r $(1)

# Debian and Ubuntu ship Python without the part that makes environments.
define FIND_PYTHON
python=; bare=; \
for each in python3.13 python3.12 python3.11 python3; do \
  "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  if "$$each" -c 'import ensurepip, venv' 2>/dev/null; then python=$$each; break; fi; \
  bare=$$each; \
done; \
if [ -z "$$python" ] && [ -n "$$bare" ]; then \
  echo "Python cannot make environments here. Remedy: apt install python3-venv" >&2; exit 1; \
fi; \
if [ -z "$$python" ]; then \
  echo "Mendline needs Python 3.11 or newer; found: $$(python3 --version 2>&1)" >&2; exit 1; \
fi
endef

# A shell line for the kernel, which takes no spaces in a path, and Python from there on.
define MENDLINE
#!/bin/sh
'''exec' "$$(dirname "$$0")/python" -P "$$0" "$$@"
' '''
import sys
from service.cli import main
sys.exit(main())
endef
export MENDLINE

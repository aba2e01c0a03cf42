"""`python -m tests.mutants [NAME ...]` plays the faults of the list and says which of them no test noticed.

Exit code 1 when fewer than 95 of 100 were noticed, or one could not be played.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.mutants.playing import ROOT, Fate, play, read_mutants

LEAST_KILLED = 0.95
RESULT = ROOT / "var" / "mutants.json"


def main(arguments: list[str]) -> int:
    """Play them one after the other, with a line for each."""
    reader = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    reader.add_argument("names", nargs="*", help="whose name holds one of these words; all of them without any")
    wanted = reader.parse_args(arguments).names
    mutants = [each for each in read_mutants() if not wanted or any(word in each.name for word in wanted)]
    fates = {}
    for place, mutant in enumerate(mutants, 1):
        fates[mutant.name], said = play(mutant)
        print(f"{place} of {len(mutants)}  {fates[mutant.name].value:6}  {mutant.name}", flush=True)
        if fates[mutant.name] is not Fate.KILLED:
            print(f"    {mutant.file}; looked for it: {mutant.killed_by}\n{said}", flush=True)
    killed = sum(fate is Fate.KILLED for fate in fates.values())
    print(f"{killed} of {len(fates)} killed")
    _keep(RESULT, {name: fate.value for name, fate in fates.items()})
    is_enough = bool(fates) and killed >= LEAST_KILLED * len(fates) and Fate.BROKEN not in fates.values()
    return 0 if is_enough else 1


def _keep(path: Path, fates: dict[str, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(fates, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

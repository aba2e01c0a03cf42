"""What a signed sheet says when the clinic brings no text of its own: the ticked switches, in plain English."""

from __future__ import annotations

from collections.abc import Sequence

SWITCHES = {
    "C1": "the day's number goes to the other person",
    "C2": "plan lines I confirm go to the other person",
    "C3": "updates on promises I choose to show go to the other person",
    "C4": "feelings and ladder lines I send go to the other person",
    "C5": "a courtesy text tells the other person when I take a break",
    "C6": "kind words I send go to the other person",
    "C7": "a review line I choose goes to the other person",
    "C8": "calendar, goals and ideas we both confirm are shared",
    "R1": "I am willing to receive the day's number",
    "R2": "I am willing to receive plan lines",
    "R3": "I am willing to receive updates on promises",
    "R4": "I am willing to receive feelings and ladder lines",
    "R5": "I am willing to receive a courtesy text about a break",
    "R6": "I am willing to receive kind words",
    "R7": "I am willing to receive a review line",
    "R8": "I am willing to receive calendar, goals and ideas",
    "PM-6": "a promise of mine may go as far as a no-update notice, if I choose that for the promise",
}


def sheet_wording(grants: Sequence[str]) -> str:
    """One sentence that lists the ticked switches. A switch without words stands with its letter."""
    if not grants:
        return "Seen alone. No switch is on."
    listed = "; ".join(f"{grant}: {SWITCHES.get(grant, grant)}" for grant in grants)
    return f"Seen alone. I switch on, until I take it back: {listed}."

"""Slips of the thumb: a word with one letter too many, too few, wrong, or changed with its neighbour."""

from __future__ import annotations


def is_one_slip(written: str, meant: str) -> bool:
    """Whether exactly one such slip makes `written` of `meant`. An equal word is none."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(written), len(meant)) and written[same] == meant[same]:
        same += 1
    left, right = written[same:], meant[same:]
    if len(written) > len(meant):
        return left[1:] == right
    if len(written) < len(meant):
        return left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def is_swapped(written: str, meant: str) -> bool:
    """Whether two neighbouring letters changed places, and nothing else."""
    return sorted(written) == sorted(meant) and is_one_slip(written, meant)


def without_held_keys(word: str) -> str:
    """The word with every letter that is repeated thrice or more, or doubled at the end, written once: "yesss"."""
    letters: list[str] = []
    place = 0
    while place < len(word):
        end = place
        while end < len(word) and word[end] == word[place]:
            end += 1
        is_held = end - place > 2 or (end - place == 2 and end == len(word))
        letters.append(word[place] if is_held else word[place:end])
        place = end
    return "".join(letters)


def without_doubles(word: str) -> str:
    """The word with every doubled letter written once: "mayybe", "siip"."""
    return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)

"""The few shapes of YAML that the lists of phrases are written in, read a hundred times as fast as all of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Content = str | Mapping[str, "Content"]
_LITERAL, _FOLDED = "|", ">-"


def read_blocks(source: str) -> dict[str, Content]:
    """`name: words` (further lines deeper in), `name: |` and `name: >-` with a block, `name:` with names of its own.

    Raises:
        ValueError: a line has another shape, or a name comes twice.
    """
    return _mapping(source.split("\n"))


def _mapping(lines: Sequence[str]) -> dict[str, Content]:
    read: dict[str, Content] = {}
    for head, below in _entries(lines):
        name, colon, said = head.partition(":")
        if not colon or not name.isidentifier() or name in read:
            raise ValueError(f"not `name: words`, or twice: {head}")
        read[name] = _content(said.strip(), below)
    return read


def _entries(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each line that begins at the margin, with the deeper ones below it. Notes at the margin are passed over."""
    head, below = "", list[str]()
    for line in lines:
        if line.startswith(" ") or not line:
            below.append(line)
        elif not line.startswith("#"):
            if head:
                yield head, below
            head, below = line, []
    if head:
        yield head, below
    elif any(line.strip() for line in below):
        raise ValueError(f"nothing to belong to: {below[0]}")


def _content(said: str, below: list[str]) -> Content:
    depth = min((len(line) - len(line.lstrip(" ")) for line in below if line.strip()), default=0)
    inner = [line[depth:] for line in below]
    if said == _LITERAL:
        return "\n".join(inner).rstrip("\n") + "\n"
    if said in {"", _FOLDED} and not inner:
        raise ValueError("a name without words")
    if said == _FOLDED:
        return " ".join(filter(None, inner))
    if not said:
        return _mapping(inner)
    return _plain(" ".join(filter(None, (said, *map(str.strip, inner)))))


def _plain(said: str) -> str:
    quoted = said.startswith('"') and said.endswith('"') and said.count('"') == 2
    words = said[1:-1] if quoted else said
    if "\\" in words or (not quoted and (" #" in words or ": " in words or words[0] in "\"'[{&*!|>%@`")):
        raise ValueError(f"more than words: {said}")
    return words

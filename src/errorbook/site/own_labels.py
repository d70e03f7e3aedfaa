"""Labels that a site says otherwise, each checked against ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from errorbook.catalog.load import Source, place
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import Finding, Place, Problem, found, printable, quoted, suggest
from errorbook.site.label_texts import LABELS
from errorbook.site.labels import places_in

LONGEST: Final = 500
"""Characters of a label, above which it is none."""

_Texts = dict[str, str]


def labels_of_file(file: Path, name: str, content: bytes) -> tuple[_Texts, list[Problem]]:
    """Return the labels that a YAML file gives, by key, and what is wrong with it."""
    data, problems = read_yaml(content, name, first_key=next(iter(LABELS)))
    if data is None:
        return {}, problems
    findings = list(_findings(data))
    return _texts(data), [*problems, *place([Source(file, name, content)], findings)]


def labels_in(data: Mapping[str, Any], told_in: str) -> tuple[_Texts, list[Problem]]:
    """Return the labels that options give, by key, and what is wrong with them."""
    where = Place(told_in)
    problems = [Problem(one.rule, where, one.message, one.hint) for one in _findings(data)]
    return _texts(data), problems


def _texts(data: Mapping[str, Any]) -> _Texts:
    """Return the labels by key; whatever is wrong is left out."""
    return {
        f"{group}.{name}": text
        for group, labels in data.items()
        if group in LABELS and isinstance(labels, Mapping)
        for name, text in labels.items()
        if name in LABELS[group] and isinstance(text, str)
    }


def _findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    for group, labels in data.items():
        if group not in LABELS:
            message = f"there is no group of labels {quoted(str(group))}"
            hint = suggest(str(group), LABELS)
            yield Finding("unknown-label", (group,), message, hint, at_key=True)
        elif not isinstance(labels, Mapping):
            hint = f"such as {next(iter(LABELS[group]))}: …"
            message = f"{group} takes a mapping of labels, not {found(labels)}"
            yield Finding("bad-label", (group,), message, hint)
        else:
            yield from _of_group(group, labels)


def _of_group(group: str, labels: Mapping[str, Any]) -> Iterator[Finding]:
    for name, text in labels.items():
        path = (group, name)
        key = f"{group}.{name}"
        if name not in LABELS[group]:
            message = f"there is no label {quoted(key)}"
            yield Finding(
                "unknown-label", path, message, suggest(str(name), LABELS[group]), at_key=True
            )
        elif not isinstance(text, str):
            yield Finding("bad-label", path, f"{key} is a text, not {found(text)}", "quote it")
        elif slip := _slip(text, LABELS[group][name]):
            yield Finding("bad-label", path, f"{key} {slip}", f"ours: {LABELS[group][name]}")


def _slip(text: str, ours: str) -> str:
    """Return what is wrong with a text that stands for a label of ours, if anything is."""
    if not text.strip():
        return "is empty"
    if len(text) > LONGEST:
        return f"has more than {LONGEST} characters"
    if "\n" in text or printable(text) != text:
        return "holds what cannot be printed on a line"
    known, named = places_in(ours), places_in(text)
    lost, strange = sorted(known - named), sorted(named - known)
    if lost:
        return f"has no place for {{{lost[0]}}}"
    if strange:
        return f"knows nothing of {{{strange[0]}}}"
    return ""

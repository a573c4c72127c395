"""For writers of conversations: `python -m iiv_course.scenario FILE…` says what is wrong, or what the file does."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from iiv_course.bank import BankError
from iiv_course.scenario import Conversation, Meters, play, read, walk, word

OTHER_CULTURES = (0.2, 0.9)


def main(files: list[str]) -> int:
    """Report each file; 1 if one cannot be used."""
    if not files:
        print("usage: python -m iiv_course.scenario FILE…", file=sys.stderr)
        return 2
    failed = 0
    for file in files:
        try:
            print("\n".join(report(read(Path(file)))))
        except BankError as error:
            failed = 1
            print(error)
    return failed


def report(conversation: Conversation) -> Iterator[str]:
    """What a conversation does, in lines of plain text."""
    ways = list(walk(conversation))
    lengths = sorted(len(way.path) for way in ways)
    choices = {choice.id: choice for scene in conversation.scenes for choice in scene.choices}
    yield f"{conversation.id}: {len(conversation.scenes)} scenes, {len(choices)} choices, {len(ways):,} paths"
    yield f"decisions on a path: {lengths[0]} to {lengths[-1]}; openness {conversation.openness:g}"
    yield "\nendings, in their order"
    met = Counter(way.ending for way in ways)
    for ending in conversation.endings:
        yield f"  {met[ending.id]:6,} paths  {ending.id}"

    def points(path: tuple[str, ...]) -> int:
        return sum(choices[name].trust + choices[name].fit + choices[name].learn for name in path)

    ranked = sorted((way.path for way in ways), key=points)
    for name, path in (("best", ranked[-1]), ("worst", ranked[0])):
        yield f"\n{name} path, {points(path):+} points: {', '.join(path)}"
        for openness in (conversation.openness, *OTHER_CULTURES):
            transcript = play(conversation, path, openness=openness)
            yield f"  openness {openness:<4g} {_said(transcript.meters)}  {transcript.ending}"
    yield "\nchoices in their places: points trust/fit/learn, sum, words"
    for scene in conversation.scenes:
        yield f"  {scene.id}"
        for choice in scene.choices:
            each = "/".join(f"{points:+d}" if points else "0" for points in (choice.trust, choice.fit, choice.learn))
            total = choice.trust + choice.fit + choice.learn
            marks = "  breach" if choice.breach else ""
            yield f"    {each:10} {total:+3d} {len(choice.text.split()):4d}  {choice.id} -> {choice.next}{marks}"


def _said(meters: Meters) -> str:
    trust, fit, learn = meters
    return f"trust {trust:.2f} {word(trust):9}  fit {fit:.2f} {word(fit):9}  learn {learn:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Drafts of full length that would slow a matcher which goes back; and a harmless one to compare with."""

from __future__ import annotations

from iiv_course.drafts import TEXT_LIMIT


def _long(words: str) -> str:
    return (words * (TEXT_LIMIT // len(words) + 1))[:TEXT_LIMIT]


HARMLESS = _long("The bus to the depot left early on Friday, and nobody minded. ")
HOSTILE = (
    _long("a"),
    _long("a "),
    _long("what "),
    _long("how do you "),
    _long("and why, "),
    _long(", and how do you, "),
    _long("tell me about the "),
    _long("could you pass on my "),
    _long("your your your salary "),
    _long("if if if anything, "),
    _long("hi hi hi, so and but "),
    _long("is n't it right, "),
    _long("?"),
    _long("? a"),
    _long("\n \t"),
    _long("'a'a-a.a,1,1"),
    _long("e\u0301"),
    _long("20 minutes how what why "),
    _long("who is more and who is less, "),
    _long("what do you keep and what do you drop then? "),
    _long("?' a"),
)

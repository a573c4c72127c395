"""Questions of either kind: a generated bank of choice items, and items as jupyterquiz writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from iiv_course import items

_PLACES = ("a food bank", "a river trust", "a night school", "a clinic", "a legal aid office", "a youth orchestra")
_PEOPLE = ("its director", "a program manager", "a grant writer", "the newest hire", "a board member")
_ASKS = (
    "what a week looks like when a grant report is due",
    "which skills from business were of use, and which were in the way",
    "how the last person came to the job",
    "what one would have to stop doing after moving over",
)


def generated_bank(name: str, count: int) -> str:
    """The YAML of a bank of `count` choice items with four options, in plain words of the length of the course's."""
    return yaml.safe_dump(
        {
            "bank": name,
            "title": f"{count} questions",
            "objectives": {"ask": "Ask what only this person can answer"},
            "items": [_choice(number) for number in range(1, count + 1)],
        },
        allow_unicode=True,
        sort_keys=False,
    )


def _choice(number: int) -> dict[str, Any]:
    place, person = _PLACES[number % len(_PLACES)], _PEOPLE[number % len(_PEOPLE)]
    ask = _ASKS[number % len(_ASKS)]
    return {
        "id": f"question-{number}",
        "type": "choice",
        "title": f"Question {number}",
        "objective": "ask",
        "prompt": f"You have twenty minutes with {person} of {place}. You want to learn {ask}. What do you say first?",
        "options": [
            {
                "id": "key",
                "text": f"I read your report of last year. Could you tell me {ask}?",
                "correct": True,
                "feedback": "It shows that you prepared, and it asks for what stands in no report.",
            },
            {
                "id": "job",
                "text": "Do you have a job for somebody like me, now or later this year?",
                "feedback": "An ask for a job ends the conversation that you came for.",
            },
            {
                "id": "website",
                "text": f"What does {place} do, and how many people work there?",
                "feedback": "The website answers this; the minutes are gone.",
            },
            {
                "id": "closed",
                "text": "Is it a good place to work?",
                "feedback": "Yes or no is all that this question asks for.",
            },
        ],
        "hints": ["Which of them could you answer yourself this evening?"],
        "explanation": f"Ask {person} what only a person can tell: {ask}.",
    }


def jupyterquiz_question(item: items.Item) -> dict[str, Any] | None:
    """The same question as jupyterquiz writes it; None for a type that it does not have."""
    question = "\n\n".join(filter(None, (item.context, item.prompt)))
    match item:
        case items.Choice() | items.Multiple():
            kind = "multiple_choice" if isinstance(item, items.Choice) else "many_choice"
            answers = [
                {"answer": option.text, "correct": option.correct, "feedback": option.feedback}
                for option in item.options
            ]
        case items.Numeric():
            kind = "numeric"
            answers = [
                _range(item.answer, item.tolerance) | {"correct": True, "feedback": item.feedback.right},
                *(
                    _range(mistake.value, mistake.tolerance) | {"correct": False, "feedback": mistake.feedback}
                    for mistake in item.mistakes
                ),
                {"type": "default", "feedback": item.feedback.wrong},
            ]
        case items.Text():
            kind = "string"
            answers = [
                *({"answer": text, "correct": True, "feedback": item.feedback.right} for text in item.accepted),
                *(
                    {"answer": text, "correct": False, "feedback": mistake.feedback}
                    for mistake in item.mistakes
                    for text in mistake.accepted
                ),
                {"type": "default", "feedback": item.feedback.wrong},
            ]
        case _:
            return None
    return {"question": question, "type": kind, "answers": answers}


def _range(value: Decimal, tolerance: str) -> dict[str, Any]:
    width = abs(value) * Decimal(tolerance[:-1]) / 100 if tolerance.endswith("%") else Decimal(tolerance)
    # jupyterquiz leaves the upper end out.
    return {"type": "range", "range": [float(value - width), float(value + width) + 1e-9]}

"""Conversations to play: scenes and choices, meters by the rule of lesson 6, endings; read from a file and checked.

The engine needs the standard library and the model alone. `frontend/src/scenario.ts` is its twin.
"""

from iiv_course.scenario._conversation import (
    END,
    METERS,
    TEXTS,
    Beliefs,
    Breach,
    Change,
    Choice,
    Condition,
    Conversation,
    Ending,
    Person,
    Scene,
    Skill,
    TextKind,
    as_json,
    texts,
    verdict_basis,
)
from iiv_course.scenario._play import WORDS, Meters, Step, Transcript, Way, play, walk, word
from iiv_course.scenario._reading import FOLDER, load, names, read, read_with_positions

__all__ = [
    "END",
    "FOLDER",
    "METERS",
    "TEXTS",
    "WORDS",
    "Beliefs",
    "Breach",
    "Change",
    "Choice",
    "Condition",
    "Conversation",
    "Ending",
    "Meters",
    "Person",
    "Scene",
    "Skill",
    "Step",
    "TextKind",
    "Transcript",
    "Way",
    "as_json",
    "load",
    "names",
    "play",
    "read",
    "read_with_positions",
    "texts",
    "verdict_basis",
    "walk",
    "word",
]

"""The labs' settings and quantities in Python, and what the model makes of settings; a test holds them to the labs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

Lab = Literal["spence", "effort", "cues"]
Value: TypeAlias = str | Decimal
MOST_CUES = 10


class Slide(NamedTuple):
    """A setting that is a number: its label, where the lab starts, and from where to where it goes."""

    label: str
    start: Decimal
    low: Decimal
    high: Decimal


class Words(NamedTuple):
    """A setting that is one of some words, or a text of a form; the first word is where the lab starts."""

    label: str
    words: tuple[str, ...]
    form: str = ""


def _slide(label: str, start: str, low: str, high: str) -> Slide:
    return Slide(label, Decimal(start), Decimal(low), Decimal(high))


_OPENNESS = _slide("Openness: how often what you show is seen and taken as meant", "0.8", "0.05", "1")
_PRIOR = _slide("Trust before anything was seen", "0.3", "0.05", "0.95")
SETTINGS: Mapping[Lab, Mapping[str, Slide | Words]] = {
    "spence": {
        "threshold": _slide("How much of the signal employers ask for", "1.5", "0", "2.5"),
        "share": _slide("Share of group I among all people", "0.5", "0.05", "0.95"),
        "cost": _slide("What one unit of the signal costs group II", "0.5", "0.25", "1"),
        "belief": Words("What employers believe", ("separating", "nobody_invests", "everybody_invests")),
    },
    "effort": {
        "effort": _slide("Hours that the insider expects you to prepare", "2", "0", "12"),
        "openness": _OPENNESS,
        "advantage": _slide("Cost advantage: what an hour costs a bluffer, if it costs the genuine 1", "4", "1", "8"),
        "prior": _PRIOR,
        "value": _slide("What being believed is worth", "10", "2", "10"),
    },
    "cues": {
        "cueOpenness": _OPENNESS._replace(start=Decimal("0.9")),
        "authenticity": _slide(
            "Authenticity: how much of what you show comes from you and not from a script", "0.9", "0", "1"
        ),
        "cuePrior": _PRIOR,
        "cues": Words("Cues so far", ("111",), rf"[01]{{0,{MOST_CUES}}}"),
    },
}
"""The settings of each lab, as the labs themselves have them; a test holds the two against each other."""

_REGIMES = ("everybody", "some_others", "only_genuine", "nobody")
_YES_NO = ("yes", "no")
QUANTITIES: Mapping[Lab, Mapping[str, tuple[str, ...]]] = {
    "spence": {
        "belief": ("holds", "fails"),
        "invests_low": _YES_NO,
        "invests_high": _YES_NO,
        "net_low": (),
        "net_high": (),
        "gain_low": (),
        "gain_high": (),
        "cost_per_head": (),
    },
    "effort": {
        "regime": _REGIMES,
        "trust": (),
        "share_other": (),
        "window_start": (),
        "window_end": (),
        "window_width": (),
    },
    "cues": {"trust": (), "weight_good": (), "conversations": ()},
}
"""What a goal may be about, by lab, and the words it may be; without words it is a number."""


def computed(lab: Lab, settings: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Every quantity of a lab, for settings that are words and floats, or arrays of floats that broadcast."""
    return _MODELS[lab](settings)


def _spence(now: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """What each group does for itself at the wage step of a belief, whether or not that belief confirms itself."""
    import numpy as np

    from iiv_course.signaling import SpenceGame
    from iiv_course.signaling.domain import at_least, at_most
    from iiv_course.signaling.spence import INVESTS

    threshold, share, costs = (
        np.asarray(now["threshold"]),
        np.asarray(now["share"]),
        (np.asarray(1.0), np.asarray(now["cost"])),
    )
    game = SpenceGame(product=(1, 2), cost=costs, share_low=share)
    below, at = game.wages(now["belief"])
    found: dict[str, NDArray[Any]] = {}
    without = 1 + (1 - share)
    spent: Any = 0.0
    for group, cost, expected, part in zip(
        ("low", "high"), costs, INVESTS[now["belief"]], (share, 1 - share), strict=True
    ):
        most = (np.asarray(at) - below) / cost
        invests = at_most(threshold, most) if expected else ~at_least(threshold, most)
        paid = np.where(invests, cost * threshold, 0.0)
        found[f"invests_{group}"] = np.where(invests, "yes", "no")
        found[f"net_{group}"] = np.where(invests, at, below) - paid
        found[f"gain_{group}"] = found[f"net_{group}"] - without
        spent = spent + part * paid
    holds = np.asarray(game.exists(now["belief"], threshold))
    return found | {"belief": np.where(holds, "holds", "fails"), "cost_per_head": np.asarray(spent)}


def _effort(now: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    import numpy as np

    from iiv_course.signaling import InterviewGame

    game = InterviewGame(now["value"], now["openness"], cost_genuine=1, cost_other=now["advantage"], prior=now["prior"])
    regime = game.regime(now["effort"])
    first, last = map(np.asarray, game.separating_window())
    return {
        "regime": np.asarray(regime.name),
        "trust": np.asarray(regime.trust),
        "share_other": np.asarray(regime.share_other),
        "window_start": first,
        "window_end": last,
        "window_width": last - first,
    }


def _cues(now: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    import numpy as np

    from iiv_course.signaling import conversations_needed, likelihood_ratios, trust_after

    openness, authenticity, cues = now["cueOpenness"], now["authenticity"], [int(cue) for cue in now["cues"]]
    return {
        "trust": np.asarray(trust_after(now["cuePrior"], cues, authenticity=authenticity, openness=openness)),
        "weight_good": np.asarray(likelihood_ratios(authenticity=authenticity, openness=openness).good),
        "conversations": np.asarray(conversations_needed(0.5, openness, precision=1, prior_variance=1)),
    }


_MODELS: Mapping[Lab, Callable[[Mapping[str, Any]], dict[str, NDArray[Any]]]] = {
    "spence": _spence,
    "effort": _effort,
    "cues": _cues,
}

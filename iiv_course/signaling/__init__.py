"""When a signal can be believed: Spence's game, an interview as a game, trust, learning and cheap talk, as numbers.

Pure functions of numbers or arrays, which broadcast. A thinking aid: no number here was measured.
"""

from iiv_course.signaling.cheap_talk import cutoffs, most_intervals, residual_variance
from iiv_course.signaling.domain import TIE
from iiv_course.signaling.groups import TwoStandards, two_standards
from iiv_course.signaling.interview import REGIMES, InterviewGame, InterviewPayoffs, Regime, RegimeMap
from iiv_course.signaling.learning import conversations_needed, uncertainty_removed
from iiv_course.signaling.refinement import Interval, breaking_signals, intuitive_equilibria
from iiv_course.signaling.spence import EQUILIBRIA, Equilibrium, Payoffs, SpenceGame, Wages
from iiv_course.signaling.trust import LikelihoodRatios, good_cues_needed, likelihood_ratios, trust_after
from iiv_course.signaling.welfare import Welfare

__all__ = [
    "EQUILIBRIA",
    "REGIMES",
    "TIE",
    "Equilibrium",
    "Interval",
    "InterviewGame",
    "InterviewPayoffs",
    "LikelihoodRatios",
    "Payoffs",
    "Regime",
    "RegimeMap",
    "SpenceGame",
    "TwoStandards",
    "Wages",
    "Welfare",
    "breaking_signals",
    "conversations_needed",
    "cutoffs",
    "good_cues_needed",
    "intuitive_equilibria",
    "likelihood_ratios",
    "most_intervals",
    "residual_variance",
    "trust_after",
    "two_standards",
    "uncertainty_removed",
]

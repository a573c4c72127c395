"""A general solver of games finds the regimes of the interview game, and nothing beside them."""

from __future__ import annotations

import pytest

from iiv_course.signaling import REGIMES, InterviewGame, Regime
from tests.model.bimatrix import TRUST, Problem, agrees, all_outcomes, one_outcome, problems

BIT = 1e-9


def ours(problem: Problem) -> Regime:
    *parameters, effort = problem
    return InterviewGame(*parameters).regime(effort)


@pytest.mark.parametrize("problem", problems(40, seed=1))
def test_all_equilibria_that_a_general_solver_finds_are_the_regime(problem: Problem) -> None:
    found = all_outcomes(problem)
    assert found
    assert all(agrees(outcome, ours(problem)) for outcome in found)


def test_one_equilibrium_of_each_of_many_games_is_its_regime() -> None:
    many = problems(400, seed=2)
    assert {ours(problem).name for problem in many} == set(REGIMES)
    assert [problem for problem in many if not agrees(one_outcome(problem), ours(problem))] == []


def test_shares_of_bluffers_differ_by_no_more_than_the_grid() -> None:
    half_a_step = (TRUST[1] - TRUST[0]) / 2
    for problem in problems(400, seed=3):
        outcome = one_outcome(problem)
        if outcome.name in ("some_others", "everybody"):
            genuine = problem.prior * outcome.share_genuine
            believed = genuine / (genuine + (1 - problem.prior) * outcome.share_other)
            assert abs(believed - ours(problem).trust) <= half_a_step + BIT


def test_another_regime_than_the_solvers_does_not_agree() -> None:
    problem = Problem(value=10, openness=0.8, cost_genuine=1, cost_other=4, prior=0.25, effort=1.5)
    assert agrees(one_outcome(problem), ours(problem))
    assert not agrees(one_outcome(problem), ours(problem._replace(effort=1.6)))
    assert not agrees(one_outcome(problem), ours(problem._replace(effort=3)))

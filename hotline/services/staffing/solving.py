"""The solver of proposed plans: CP-SAT of ortools, which a site installs if it wants it."""

from __future__ import annotations

import importlib
from collections import defaultdict
from typing import Any

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.reasons import because
from hotline.domain.staffing.proposal import Chosen, Problem, go_together, why_none

#: As long as a page can be waited for.
_SECONDS = 8.0


def solve(problem: Problem) -> Chosen:
    """By place of the planner, places of the choices that they have: with as few hours as possible, spread evenly.
    Raises Refused: no solver is installed, or no plan keeps all rules, with the reason."""
    cp_model = _solver()
    if reason := why_none(problem):
        raise Refused("staffing.no_plan", why=reason)
    model = cp_model.CpModel()
    has = {
        (who, place): model.new_bool_var(f"{who}-{place}") for who, theirs in enumerate(problem.may) for place in theirs
    }
    _keep_rules(model, problem, has)
    for at, needed in problem.needs:
        there = [variable for (_, place), variable in has.items() if problem.choices[place].covers(at)]
        model.add(sum(there) >= needed)
    minutes = {place: round(each.work.total_seconds() / 60) for place, each in enumerate(problem.choices)}
    most = model.new_int_var(0, round(problem.limits.week.total_seconds() / 60), "most")
    for who, theirs in enumerate(problem.may):
        if not theirs:
            continue
        model.add(sum(minutes[place] * has[who, place] for place in theirs) <= most)
    model.minimize(10 * sum(minutes[place] * variable for (_, place), variable in has.items()) + most)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _SECONDS
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        raise Refused("staffing.no_plan", why=because("staffing.why_rules"))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Refused("staffing.no_plan", why=because("staffing.why_longer"))
    chosen: dict[int, list[int]] = defaultdict(list)
    for (who, place), variable in has.items():
        if solver.value(variable):
            chosen[who].append(place)
    return chosen


def _keep_rules(model: Any, problem: Problem, has: dict[tuple[int, int], Any]) -> None:
    """One shift a day, rest between two days, the hours of the week."""
    apart = [
        (one, other)
        for one in range(len(problem.choices))
        for other in range(one)
        if not go_together(problem.choices[one], problem.choices[other], problem.limits.rest)
        and _day(problem, one) != _day(problem, other)
    ]
    week = round(problem.limits.week.total_seconds() / 60)
    for who, theirs in enumerate(problem.may):
        if not theirs:
            continue
        by_day: dict[object, list[int]] = defaultdict(list)
        for place in theirs:
            by_day[_day(problem, place)].append(place)
        for places in by_day.values():
            model.add_at_most_one(has[who, place] for place in places)
        own = set(theirs)
        for one, other in apart:
            if one in own and other in own:
                model.add_at_most_one((has[who, one], has[who, other]))
        work = [(round(problem.choices[place].work.total_seconds() / 60), has[who, place]) for place in theirs]
        model.add(sum(minutes * variable for minutes, variable in work) <= week)


def _day(problem: Problem, place: int) -> object:
    return local_day(problem.choices[place].span.starts_at)


def _solver() -> Any:
    """Raises Refused."""
    try:
        return importlib.import_module("ortools.sat.python.cp_model")
    except ImportError:
        raise Refused("staffing.no_solver") from None

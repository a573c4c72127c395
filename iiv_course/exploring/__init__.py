"""What an `explore` item asks of a lab's model: settings, sliders on a grid, a goal.

Plain values, no texts of a course. `frontend/src/exploring.ts` is the twin.
"""

from iiv_course.exploring.labs import QUANTITIES, SETTINGS, Lab, Slide, Value, Words
from iiv_course.exploring.problems import Problem, problems
from iiv_course.exploring.task import PLACE, Control, Goal, Task, places, quantities, reached, solution, start

__all__ = [
    "PLACE",
    "QUANTITIES",
    "SETTINGS",
    "Control",
    "Goal",
    "Lab",
    "Problem",
    "Slide",
    "Task",
    "Value",
    "Words",
    "places",
    "problems",
    "quantities",
    "reached",
    "solution",
    "start",
]

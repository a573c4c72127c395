"""The form of a conversation's file, as types for what is written, and from there to the frozen data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from iiv_course.items import Id, Inline, Markdown, Number, Title
from iiv_course.scenario import _conversation as data


def _from_to(low: str, high: str) -> AfterValidator:
    """Bounds for decimals; as pydantic's own bounds 0.01 would be a little above 0.01."""

    def checked(value: Decimal) -> Decimal:
        if not Decimal(low) <= value <= Decimal(high):
            raise ValueError(f"write a number from {low} to {high}")
        return value

    return AfterValidator(checked)


Share = Annotated[Number, _from_to("0", "1")]
Openness = Annotated[Number, _from_to("0.01", "1")]
Belief = Annotated[Number, _from_to("0.01", "0.99")]
Points = Annotated[int, Field(ge=-2, le=2)]
Lesson = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Shape(BaseModel):
    # Built when first used: an import is no time to compile a dozen validators.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class BreachShape(Shape):
    kind: data.BreachKind
    hidden: Id | None = None


class ChangeShape(Shape):
    openness: Openness | None = None
    authenticity: Share | None = None


class ChoiceShape(Shape):
    id: Id
    text: Inline
    reply: Markdown | None = None
    thought: Markdown
    trust: Points = 0
    fit: Points = 0
    learn: Points = 0
    missed: Markdown | None = None
    next: Id
    skill: Id | None = None
    promise: Inline | None = None
    breach: BreachShape | None = None
    openness: Share | None = None
    authenticity: Share | None = None
    set: ChangeShape | None = None
    carry: Share | None = None

    def choice(self, skill: str) -> data.Choice:
        """The choice, with the skill of its scene unless it has its own."""
        return data.Choice(
            id=self.id,
            text=self.text,
            thought=self.thought,
            next=self.next,
            skill=self.skill or skill,
            reply=self.reply,
            trust=self.trust,
            fit=self.fit,
            learn=self.learn,
            missed=self.missed,
            breach=data.Breach(self.breach.kind, self.breach.hidden) if self.breach else None,
            promise=self.promise,
            openness=_float(self.openness),
            authenticity=_float(self.authenticity),
            set=data.Change(_float(self.set.openness), _float(self.set.authenticity)) if self.set else None,
            carry=_float(self.carry),
        )


class SceneShape(Shape):
    id: Id
    says: Markdown
    skill: Id | None = None
    choices: Annotated[tuple[ChoiceShape, ...], Field(min_length=2, max_length=4)]


class ConditionShape(Shape):
    meter: data.Meter | None = None
    at_least: Share | None = None
    below: Share | None = None
    chose: Id | None = None


class EndingShape(Shape):
    id: Id
    title: Title
    when: tuple[ConditionShape, ...] = ()
    debrief: Markdown


class PersonShape(Shape):
    name: Title
    role: Title
    organization: Title


class SkillShape(Shape):
    text: Inline
    lesson: Lesson


class BeliefsShape(Shape):
    trust: Belief
    fit: Belief


class ConversationShape(Shape):
    conversation: Id
    title: Title
    who: PersonShape
    minutes: Annotated[int, Field(ge=1, le=60)]
    openness: Openness
    culture: Title
    prior: Belief = Decimal("0.3")
    authenticity: Share = Decimal("1")
    core: bool = False
    sources: tuple[str, ...] = ()
    follows: Id | None = None
    start: BeliefsShape | None = None
    skills: Annotated[dict[Id, SkillShape], Field(min_length=1)]
    setting: Markdown
    scenes: Annotated[tuple[SceneShape, ...], Field(min_length=1, max_length=40)]
    endings: Annotated[tuple[EndingShape, ...], Field(min_length=1, max_length=12)]
    takeaway: Markdown

    def frozen(self) -> data.Conversation:
        """The same without what only a file needs; numbers become floats."""
        return data.Conversation(
            id=self.conversation,
            title=self.title,
            who=data.Person(self.who.name, self.who.role, self.who.organization),
            minutes=self.minutes,
            openness=float(self.openness),
            culture=self.culture,
            setting=self.setting,
            scenes=tuple(
                data.Scene(scene.id, scene.says, tuple(each.choice(scene.skill or "") for each in scene.choices))
                for scene in self.scenes
            ),
            endings=tuple(
                data.Ending(
                    ending.id,
                    ending.title,
                    ending.debrief,
                    tuple(
                        data.Condition(each.meter, _float(each.at_least), _float(each.below), each.chose)
                        for each in ending.when
                    ),
                )
                for ending in self.endings
            ),
            takeaway=self.takeaway,
            skills=tuple(data.Skill(name, skill.text, skill.lesson) for name, skill in self.skills.items()),
            prior=float(self.prior),
            authenticity=float(self.authenticity),
            core=self.core,
            sources=self.sources,
            follows=self.follows,
            start=data.Beliefs(float(self.start.trust), float(self.start.fit)) if self.start else None,
        )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

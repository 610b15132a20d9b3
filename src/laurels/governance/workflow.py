"""The road of an application: the table state × verb → state and right, and the one way along it."""

from dataclasses import dataclass
from typing import Any

from laurels.errors import WrongState
from laurels.governance.models import Application, State


@dataclass(frozen=True, slots=True)
class Step:
    """Where a verb leads, and the right that it asks for (a verb of people/permissions.py)."""

    to: State
    right: str


TABLE: dict[tuple[State, str], Step] = {
    (State.DRAFT, "edit"): Step(State.DRAFT, "apply"),
    (State.DRAFT, "submit"): Step(State.SUBMITTED, "apply"),
    (State.DRAFT, "withdraw"): Step(State.WITHDRAWN, "apply"),
    (State.SUBMITTED, "declare"): Step(State.UNDER_REVIEW, "review"),
    (State.SUBMITTED, "remind"): Step(State.SUBMITTED, "review"),
    (State.SUBMITTED, "withdraw"): Step(State.WITHDRAWN, "apply"),
    (State.UNDER_REVIEW, "declare"): Step(State.UNDER_REVIEW, "review"),
    (State.UNDER_REVIEW, "review"): Step(State.UNDER_REVIEW, "review"),
    (State.UNDER_REVIEW, "remind"): Step(State.UNDER_REVIEW, "review"),
    (State.UNDER_REVIEW, "request changes"): Step(State.CHANGES_REQUESTED, "decide"),
    (State.UNDER_REVIEW, "approve"): Step(State.APPROVED, "decide"),
    (State.UNDER_REVIEW, "decline"): Step(State.DECLINED, "decide"),
    (State.UNDER_REVIEW, "withdraw"): Step(State.WITHDRAWN, "apply"),
    (State.CHANGES_REQUESTED, "edit"): Step(State.CHANGES_REQUESTED, "apply"),
    (State.CHANGES_REQUESTED, "submit"): Step(State.SUBMITTED, "apply"),
    (State.CHANGES_REQUESTED, "withdraw"): Step(State.WITHDRAWN, "apply"),
}

VERBS = frozenset(verb for _, verb in TABLE)
OPEN = (State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED)

_NOW = {
    State.DRAFT: "It is still a draft.",
    State.SUBMITTED: "It is handed in, and no reviewer has begun yet.",
    State.UNDER_REVIEW: "It is under review.",
    State.CHANGES_REQUESTED: "The committee asked for changes, and the unit has it back.",
    State.APPROVED: "It was approved.",
    State.DECLINED: "It was declined.",
    State.WITHDRAWN: "It was withdrawn.",
}
_DOING = {
    "edit": "It can be edited only as a draft, or after the committee asked for changes.",
    "submit": "Only a draft, or an application with changes asked for, can be handed in.",
    "withdraw": "Only an application without a decision can be withdrawn.",
    "declare": "Interest is declared on applications that are before the committee.",
    "review": "Only an application under review can be reviewed.",
    "remind": "Only an application that is before the committee has reviews to wait for.",
    "request changes": "Changes can be asked for only while it is under review.",
    "approve": "Only an application under review can be approved.",
    "decline": "Only an application under review can be declined.",
}


def right_for(verb: str) -> str:
    """The right that a verb asks for, whatever the state."""
    return next(step.right for (_, name), step in TABLE.items() if name == verb)


def verbs_from(state: str) -> frozenset[str]:
    """What can be done with an application in this state."""
    return frozenset(verb for (start, verb) in TABLE if start == state)


def step(state: str, verb: str) -> Step:
    """The step that this verb takes from this state; WrongState where there is none."""
    try:
        return TABLE[State(state), verb]
    except KeyError:
        raise WrongState(f"{_NOW[State(state)]} {_DOING[verb]}") from None


def move(application: Application, verb: str, **fields: Any) -> None:
    """Take one step by compare-and-set, setting `fields` along the way, or raise WrongState.

    The state and the round that the caller holds must still be those of the record: whoever was slower is refused.
    """
    to = step(application.state, verb).to
    _compare_and_set(application, state=to, **fields)
    application.state = to
    for name, value in fields.items():
        setattr(application, name, value)


def hold(application: Application, verb: str) -> None:
    """Make sure that this verb is in time, and keep others from moving the application until the transaction ends.

    What is read afterwards (reviews, the definition) stays as it is until the step is taken.
    """
    step(application.state, verb)
    _compare_and_set(application, state=application.state)


def _compare_and_set(application: Application, **fields: Any) -> None:
    held = Application.objects.filter(pk=application.pk, state=application.state, round=application.round)
    if held.update(**fields) != 1:
        raise WrongState(
            "Somebody was faster: this application has moved on since you opened it.", mend="Look at it again."
        )

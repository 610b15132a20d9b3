"""Who may review and decide, whose scores count, and who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from laurels.errors import NotAllowed, Remedy, WrongState
from laurels.governance.authority import day, listed
from laurels.governance.models import Application, Reminder, ReminderKind, Review, Rubric
from laurels.people.models import Membership, Role, User
from laurels.people.permissions import UNIVERSITY_ROLES, VERBS
from laurels.people.system import university

COMMITTEE_ROLES = VERBS["review"].of_university


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many reviews count, how many are needed, and for whom we wait."""

    counted: int
    needed: int
    waiting: tuple[User, ...]
    asked_on: str

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The names of those for whom we wait."""
        return tuple(user.name for user in self.waiting)

    @property
    def met(self) -> bool:
        """Whether enough reviews are in."""
        return self.counted >= self.needed

    @property
    def words(self) -> str:
        """Why there is no decision yet."""
        verb = "is" if self.counted == 1 else "are"
        begin = f"No decision yet: {self.counted} of {self.needed} reviews {verb} in."
        if not self.waiting_for:
            return f"{begin} Nobody is left who could review it: ask the registrar to appoint another member."
        return f"{begin} We wait for {listed(self.waiting_for, 'or')}, asked on {self.asked_on}."

    @property
    def mend(self) -> str:
        """How to go on."""
        return f"Remind {listed(self.waiting_for)}." if self.waiting_for else "Ask the registrar."


def reminded_on(application: Application, on: date) -> set[int]:
    """The keys of the reviewers who were reminded on that day."""
    sent = Reminder.objects.filter(application=application, kind=ReminderKind.REVIEW_DUE, day=on)
    return set(sent.values_list("about_id", flat=True))


def belongs(user: User, application: Application) -> bool:
    """Whether this person applied, or belongs to the unit that did (a committee role of the university aside)."""
    if application.applicant_id == user.pk:
        return True
    memberships = Membership.objects.filter(user=user, unit_id=application.unit_id)
    if application.unit.is_university:
        memberships = memberships.exclude(role__in=UNIVERSITY_ROLES)
    return memberships.exists()


def refuse_own_unit(application: Application, user: User, act: str = "review it", other: str = "member") -> None:
    """Nobody reviews or decides on the application of the own unit."""
    if belongs(user, application):
        raise NotAllowed(
            f"You belong to {application.unit.name}, which made this application, so you cannot {act}. "
            f"Another {other} will.",
            mend="Tell the chair.",
            remedy=Remedy("tell the chair", application.pk),
        )


def declaration(application: Application, user: User) -> Review | None:
    """This person's declaration of interest in the present round (it holds the review too, once it is in)."""
    return Review.objects.filter(application=application, reviewer=user, round=application.round).first()


def has_interest(application: Application, user: User) -> bool:
    """Whether this person's newest declaration on the application says that there is an interest."""
    newest = Review.objects.filter(application=application, reviewer=user).order_by("-round").first()
    return newest is not None and newest.has_interest


def require_disinterest(application: Application, user: User) -> Review:
    """The present declaration of somebody who takes part: it must be there, and declare no interest."""
    refuse_own_unit(application, user)
    declared = declaration(application, user)
    if declared is None:
        raise WrongState(
            "First say whether you have an interest in this application.",
            mend="Declare it.",
            remedy=Remedy("declare interest", application.pk),
        )
    if declared.has_interest:
        raise NotAllowed("You declared an interest in this application, so you take no part in it.")
    return declared


def scale(application: Application) -> Rubric:
    """The rubric that the application is scored against: the one of its first handing-in."""
    if application.rubric is None:
        raise WrongState("It was not handed in yet, so there is nothing to score.")
    return application.rubric


def counted(application: Application) -> list[Review]:
    """The reviews that count: of the present round, handed in, without an interest."""
    reviews = Review.objects.filter(
        application=application, round=application.round, has_interest=False, submitted_at__isnull=False
    )
    return list(reviews.select_related("reviewer").order_by("submitted_at"))


def visible_reviews(application: Application, user: User) -> list[Review]:
    """The reviews of all rounds that this person may see, oldest first.

    One's own, always. Others' of the present round once one's own is in, or to decide once the quorum is met. Those
    of earlier rounds to whoever reviewed in them or may see the present ones. With an interest, none but one's own;
    and nothing to anybody outside the committee.
    """
    submitted = list(
        Review.objects.filter(application=application, submitted_at__isnull=False)
        .select_related("reviewer")
        .order_by("round", "submitted_at")
    )
    own = [review for review in submitted if review.reviewer_id == user.pk]
    outsider = not _roles(user) & set(COMMITTEE_ROLES)
    if outsider or belongs(user, application) or has_interest(application, user):
        return own
    rounds = {review.round for review in own}
    in_round = [review for review in submitted if review.round == application.round and not review.has_interest]
    quorum_met = len(in_round) >= university().quorum
    if application.round in rounds or (quorum_met and may_decide(application, user)):
        return submitted
    return [review for review in submitted if review.round in rounds or review.reviewer_id == user.pk]


def refuse_decider(application: Application, user: User) -> None:
    """The chair decides; a deputy does when every chair has an interest, and only then."""
    refuse_own_unit(application, user, "decide on it", "chair")
    if Role.CHAIR not in _roles(user):
        chairs = _holders([Role.CHAIR])
        out = _out(application)
        free = [chair.name for chair in chairs if chair.pk not in out]
        if free:
            raise NotAllowed(
                f"{listed(free, 'or')} decides as chair. A deputy acts only when the chair has an interest."
            )
        if not chairs:
            raise NotAllowed("There is no chair. Ask the registrar to appoint one: a deputy acts only for a chair.")
    require_disinterest(application, user)


def may_decide(application: Application, user: User) -> bool:
    """Whether this person is the one to decide on the application (the quorum aside)."""
    if not _roles(user) & {Role.CHAIR, Role.DEPUTY}:
        return False
    try:
        refuse_decider(application, user)
    except (NotAllowed, WrongState):
        return False
    return True


def may_review(application: Application, user: User) -> bool:
    """Whether this person can be asked for a review: of the committee, not of the unit, without an interest."""
    return (
        bool(_roles(user) & set(COMMITTEE_ROLES))
        and not belongs(user, application)
        and not has_interest(application, user)
    )


def quorum(application: Application) -> Quorum:
    """Where the quorum stands, and for whom we wait."""
    policy = university()
    reviews = counted(application)
    done = {review.reviewer_id for review in reviews}
    waiting = tuple(user for user in reviewers(application) if user.pk not in done)
    asked = application.submitted_at or application.created_at
    return Quorum(len(reviews), policy.quorum, waiting, day(asked.astimezone(ZoneInfo(policy.zone)).date()))


def reviewers(application: Application) -> list[User]:
    """The people who can be asked for a review."""
    out = _out(application)
    return [user for user in _holders(COMMITTEE_ROLES) if user.pk not in out]


def deciders(application: Application) -> list[User]:
    """Who decides on the application: the chair, or with an interest of every chair the deputies."""
    out = _out(application)
    chairs = [user for user in _holders([Role.CHAIR]) if user.pk not in out]
    return chairs or [user for user in _holders([Role.DEPUTY]) if user.pk not in out]


def _out(application: Application) -> set[int]:
    """The keys of those who take no part: the applicant, the unit's people, and who declared an interest."""
    members = Membership.objects.filter(unit_id=application.unit_id)
    if application.unit.is_university:
        members = members.exclude(role__in=UNIVERSITY_ROLES)
    declarations = Review.objects.filter(application=application).order_by("round")
    newest = dict(declarations.values_list("reviewer_id", "has_interest"))
    interested = {reviewer for reviewer, interest in newest.items() if interest}
    return {application.applicant_id, *members.values_list("user_id", flat=True), *interested}


def _roles(user: User) -> set[str]:
    return set(Membership.objects.filter(user=user, unit__slug="").values_list("role", flat=True))


def _holders(roles: Iterable[str]) -> list[User]:
    holders = User.objects.filter(is_active=True, memberships__unit__slug="", memberships__role__in=list(roles))
    return list(holders.distinct().order_by("name", "pk"))

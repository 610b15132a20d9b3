"""A university with everything that pages show, brought there by the verbs themselves."""

from dataclasses import dataclass

from laurels import clock
from laurels.awards import actions as awards
from laurels.awards.basis import attestation
from laurels.awards.models import Award, Roster
from laurels.badges import actions as badges
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version
from laurels.governance import actions
from laurels.governance.models import Outcome
from laurels.jobs import outbox
from laurels.people.models import Role
from laurels.people.system import system, university
from tests import factories
from tests.laurels.governance.road import ANSWERS, Road, fresh, scores

HOLDER, ADDRESS = "Ada Lovelace", "ada@example.org"


@dataclass
class House(Road):
    """A unit with its people, a committee, another unit's lead; and on demand a published version and a badge."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.assessor = factories.user(Role.ASSESSOR, self.unit, name="Asa Assessor")
        self.stranger_unit = factories.unit("Another Institute")
        self.stranger = factories.user(Role.LEAD, self.stranger_unit, name="Sol Stranger")

    def published(self, **fields: object) -> Version:
        """A version in the catalogue, approved on the whole road."""
        self.micro_credential_submitted(**fields)
        return self.decided()

    def decided(self) -> Version:
        """The micro-credential under review, approved."""
        for person in (self.chair, self.member, self.other):
            actions.declare_interest(self.application, False, by=person)
        for person in (self.member, self.other):
            actions.submit_review(self.application, scores(), by=person)
        actions.decide(self.application, Outcome.APPROVE, by=self.chair)
        self.application = fresh(self.application)
        assert self.application.version_id is not None
        return Version.objects.select_related("micro_credential__unit").get(pk=self.application.version_id)

    def file(self, *people: tuple[str, str], version: Version, hours: str = "12") -> bytes:
        """A roster of these people, with which nothing else is wrong."""
        today = clock.today(university().zone).isoformat()
        count = version.competencies.count()
        head = ["address", "name", "completed on", "hours", *(f"level {place}" for place in range(1, count + 1))]
        rows = [[address, name, today, hours, *["foundational"] * count] for address, name in people]
        return "\n".join(",".join(row) for row in [head, *rows]).encode()

    def roster(self, *people: tuple[str, str]) -> Roster:
        """A roster after its dry run."""
        version = self.published()
        given = people or ((ADDRESS, HOLDER),)
        return awards.check_roster(version, "spring.csv", self.file(*given, version=version), by=self.lead)

    def award(self, sign: bool = True) -> Award:
        """An award by roster, with its badge signed unless said otherwise."""
        with_keys()
        roster = self.roster()
        outbox.run_pending()
        awards.confirm_roster(roster, attestation(roster.version), by=self.lead)
        if sign:
            outbox.run_pending()
        else:
            awards.award_rows(roster, by=system())
        related = Award.objects.select_related("badge", "version__micro_credential__unit", "address")
        return related.get(roster_row__roster=roster)

    def more(self) -> None:
        """Beside what there is: a draft with its application, and another unit's application under review."""
        self.draft = catalogue.draft_micro_credential(self.unit, "Reading a Clinical Trial", by=self.lead)
        self.open = actions.draft_micro_credential_application(self.draft, by=self.lead)
        self.before = actions.draft_authority_application(self.stranger_unit, ANSWERS, by=self.stranger)
        actions.submit_application(self.before, by=self.stranger)
        actions.declare_interest(self.before, False, by=self.chair)
        for person in (self.other, self.deputy):
            actions.declare_interest(self.before, False, by=person)
            actions.submit_review(self.before, scores(), by=person)


def with_keys() -> None:
    """Every unit, the university first, with a signing key."""
    for unit in [university().unit, *factories.Unit.objects.exclude(slug="")]:
        if not unit.signing_keys.exists():
            badges.create_key(unit, by=system())
    outbox.run_pending()

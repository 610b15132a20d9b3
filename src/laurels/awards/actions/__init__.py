"""Everything that changes awards and rosters."""

from laurels.awards.actions.granting import grant_award, grant_prizes
from laurels.awards.actions.revoking import lose_part, revoke_award, settle_lost_part
from laurels.awards.actions.rosters import ROWS_AT_ONCE, award_rows, check_roster, confirm_roster

__all__ = [
    "ROWS_AT_ONCE",
    "award_rows",
    "check_roster",
    "confirm_roster",
    "grant_award",
    "grant_prizes",
    "lose_part",
    "revoke_award",
    "settle_lost_part",
]

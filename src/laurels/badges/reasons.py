"""The public reasons for revoking a badge. The registrar's own words stay inside."""

from laurels.errors import Invalid

REASONS = {
    "wrong address": "It was sent to a wrong address.",
    "wrong details": "It was awarded with wrong details.",
    "awarded by mistake": "It was awarded by mistake.",
    "requirements not met": "The requirements were not met.",
    "misconduct": "The work behind it was not the holder's own.",
    "holder's wish": "The holder asked for it.",
    "part lost": "An award that it rested on was revoked, or has ended.",
}


def public_words(reason: str) -> str:
    """The sentence that everybody may read; Invalid for a reason that is not on the list."""
    if reason not in REASONS:
        raise Invalid(
            "This is no reason that a badge can be revoked for.",
            fields={"reason": [f"Choose one of: {', '.join(REASONS)}."]},
        )
    return REASONS[reason]

"""Open badges: issue them, bake them into pictures, verify any of them. No framework, no database."""

from .errors import BadgeError, Malformed, NotFetched, Unsafe, Unsupported
from .model import (
    Achievement,
    Alignment,
    Competency,
    Credential,
    Digest,
    Endorsement,
    Evidence,
    Issuer,
    Level,
    Picture,
    Recipient,
    Result,
    Status,
)

__all__ = [
    "Achievement",
    "Alignment",
    "BadgeError",
    "Competency",
    "Credential",
    "Digest",
    "Endorsement",
    "Evidence",
    "Issuer",
    "Level",
    "Malformed",
    "NotFetched",
    "Picture",
    "Recipient",
    "Result",
    "Status",
    "Unsafe",
    "Unsupported",
]

"""What a document says, whatever its standard and kind, in one small form. Nothing of it is checked here."""

from typing import Final

from ..documents.contexts import OB_2
from ..errors import BadgeError, Malformed, NotFetched
from ..fetch import Fetched
from ..jsontype import Document, Json, JsonObject
from ..verify import Policy
from ..verify.claims import of_assertion, of_credential, of_record
from ..verify.endorsements import Endorsed
from ..verify.reading import as_list, as_object, domain, identifier, text, texts
from ..verify.report import Claims, Finding
from ..verify.session import Session
from ..verify.standing import Standing
from ..verify.tokens import enveloped, open_token

_KINDS: Final = (
    ("ClrCredential", "CLR 2.0", "learner record"),
    ("OpenBadgeCredential", "Open Badges 3.0", "badge"),
    ("AchievementCredential", "Open Badges 3.0", "badge"),
    ("EndorsementCredential", "Open Badges 3.0", "endorsement"),
    ("BitstringStatusListCredential", "Bitstring Status List 1.0", "status list"),
    ("Assertion", "Open Badges 2.0", "badge"),
    ("BadgeClass", "Open Badges 2.0", "badge class"),
    ("Endorsement", "Open Badges 2.0", "endorsement"),
    ("RevocationList", "Open Badges 2.0", "revocation list"),
    ("CryptographicKey", "Open Badges 2.0", "public key"),
    ("Issuer", "Open Badges 2.0", "profile"),
    ("Profile", "Open Badges", "profile"),
    ("VerifiableCredential", "W3C Verifiable Credentials", "credential"),
)
_DEEPEST: Final = 3
_UNCHECKED: Final = (Standing(None), Endorsed((), ()))


class Offline:
    """The way out to the network that leads nowhere."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Raise NotFetched."""
        raise NotFetched("Nothing is fetched without --verify.")


def summary(document: JsonObject, token: JsonObject | None = None, depth: int = 0) -> Document:
    """Return what the document says: standard, kind, title and, where it has them, the rest. No member is empty.

    `token` is the header of the token in which it came. Raises Malformed when it is nothing of this world.
    """
    standard, kind = _kind(document)
    session = Session(Policy(), Offline())
    found: Document = {"standard": standard, "kind": kind}
    if kind == "learner record":
        found |= _said(of_record(session, document, *_UNCHECKED)) | _subject(document)
        found["inside"] = [_inside(one, depth) for one in _contained(document)]
    elif standard in ("Open Badges 2.0", "Open Badges 1.0") and kind == "badge":
        found |= _assertion(session, document)
    elif "credentialSubject" in document:
        found |= _said(of_credential(session, document, *_UNCHECKED)) | _subject(document) | _credential(document)
    else:
        found |= _other(document)
    found["proofs"] = _proofs(document, token)
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _kind(document: JsonObject) -> tuple[str, str]:
    types, contexts = texts(document.get("type")), texts(document.get("@context"))
    for name, standard, kind in _KINDS:
        if name in types:
            return standard, kind
    if {"recipient", "badge"} <= set(document):
        return ("Open Badges 2.0" if OB_2 in contexts else "Open Badges 1.0"), "badge"
    raise Malformed("This is not a badge, nor anything else of Open Badges.", mend="Give a badge.")


def _said(said: Claims) -> Document:
    return {
        "id": said.credential_id or None,
        "title": said.achievement_name,
        "description": said.description,
        "version": said.version,
        "issuer": _full(id=said.issuer_id, name=said.issuer_name, partOf=said.parent_name, domain=said.domain),
        "issued": said.valid_from.isoformat() if said.valid_from else None,
        "until": said.valid_until.isoformat() if said.valid_until else None,
        "hours": said.hours,
        "hoursInformal": said.informal,
        "results": [{"name": name, "reached": reached} for name, reached in said.results],
        "narrative": said.narrative,
        "criteria": said.criteria,
        "evidence": [
            _full(name=one.name, id=one.id, narrative=one.narrative, digest=one.digest) for one in said.evidence
        ],
    }


def _full(**members: Json) -> Document:
    """An object of those members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}


def _subject(document: JsonObject) -> Document:
    """Who received it, by the document's word."""
    subject = as_object(document.get("credentialSubject"))
    identities = [
        _full(
            type=text(one.get("identityType")),
            value=text(one.get("identityHash")),
            hashed=bool(one.get("hashed")) or None,
        )
        for one in map(as_object, as_list(subject.get("identifier")))
    ]
    name = text(as_object(subject.get("profile")).get("name")) or text(subject.get("name"))
    return {"recipient": _full(id=text(subject.get("id")), name=name, identities=[*identities])}


def _credential(document: JsonObject) -> Document:
    subject, issuer = as_object(document.get("credentialSubject")), as_object(document.get("issuer"))
    achievement = as_object(subject.get("achievement"))
    described = [as_object(one) for one in as_list(achievement.get("resultDescription"))]
    found: Document = {
        "alignments": [one for where in (achievement, *described) for one in _alignments(where)],
        "endorsements": [
            one
            for on, where in (("issuer", issuer), ("achievement", achievement), ("badge", document))
            for one in _endorsements(on, where)
        ],
        "status": [
            _full(
                type=text(one.get("type")),
                purpose=text(one.get("statusPurpose")),
                list=text(one.get("statusListCredential")) or text(one.get("id")),
                index=text(one.get("statusListIndex")),
            )
            for one in map(as_object, as_list(document.get("credentialStatus")))
        ],
        "picture": identifier(achievement.get("image")),
    }
    if text(subject.get("endorsementComment")):
        found |= {"title": text(document.get("name")), "narrative": text(subject.get("endorsementComment"))}
    if text(subject.get("encodedList")):
        found |= {"title": f"Status list for {text(subject.get('statusPurpose')) or 'badges'}"}
    return found


def _alignments(where: JsonObject) -> list[Json]:
    return [
        _full(
            name=text(one.get("targetName")),
            url=text(one.get("targetUrl")),
            framework=text(one.get("targetFramework")) or text(one.get("frameworkName")),
            code=text(one.get("targetCode")),
        )
        for one in map(as_object, as_list(where.get("alignment")))
    ]


def _endorsements(on: str, where: JsonObject) -> list[Json]:
    found: list[Json] = []
    for one in [*as_list(where.get("endorsement")), *as_list(where.get("endorsementJwt"))]:
        opened = _opened(one)
        if opened is None:
            found.append(_full(address=text(one), on=on))
            continue
        issuer, subject = as_object(opened.get("issuer")), as_object(opened.get("credentialSubject"))
        claim = as_object(opened.get("claim"))
        comment = text(subject.get("endorsementComment")) or text(claim.get("endorsementComment"))
        by = text(issuer.get("name")) or identifier(opened.get("issuer"))
        found.append(_full(by=by, on=on, comment=comment, date=text(opened.get("validFrom"))))
    return found


def _assertion(session: Session, document: JsonObject) -> Document:
    """What a 2.0 assertion says: with its badge class and issuer where these stand in it, else with their addresses."""
    badge = as_object(document.get("badge"))
    profile = as_object(badge.get("issuer"))
    said = _said(of_assertion(session, document, badge, profile, *_UNCHECKED))
    recipient = as_object(document.get("recipient"))
    owner = _full(
        type=text(recipient.get("type")),
        value=text(recipient.get("identity")),
        hashed=bool(recipient.get("hashed")) or None,
    )
    link = None if badge else text(document.get("badge"))
    issuer = said["issuer"] if profile else _full(id=text(badge.get("issuer")))
    return said | {
        "issuer": issuer,
        "badgeClass": link,
        "recipient": _full(identities=[owner] if owner else []),
        "alignments": _alignments(badge),
        "endorsements": [
            one
            for on, where in (("issuer", profile), ("achievement", badge), ("badge", document))
            for one in _endorsements(on, where)
        ],
        "picture": identifier(badge.get("image")),
        "revoked": True if document.get("revoked") is True else None,
        "reason": text(document.get("revocationReason")),
    }


def _other(document: JsonObject) -> Document:
    criteria = as_object(document.get("criteria"))
    return {
        "id": text(document.get("id")),
        "title": text(document.get("name")),
        "description": text(document.get("description")),
        "issuer": _full(id=identifier(document.get("issuer"))),
        "url": text(document.get("url")),
        "criteria": text(criteria.get("narrative")) or text(document.get("criteria")),
        "narrative": text(as_object(document.get("claim")).get("endorsementComment")),
        "alignments": _alignments(document),
        "endorsements": _endorsements("it", document),
        "picture": identifier(document.get("image")),
    }


def _contained(document: JsonObject) -> list[Json]:
    return as_list(as_object(document.get("credentialSubject")).get("verifiableCredential"))


def _inside(value: Json, depth: int) -> Document:
    """The summary of a credential in another one, or the reason why there is none."""
    opened = _opened(value)
    if opened is None or depth >= _DEEPEST:
        return {"kind": "credential", "title": "(not shown)"}
    try:
        return summary(opened, depth=depth + 1)
    except BadgeError as error:
        return {"kind": "credential", "title": f"({error.message})"}


def _opened(value: Json) -> JsonObject | None:
    """The document in an object, a token, or an envelope around a token."""
    token = value if isinstance(value, str) else enveloped(as_object(value))
    if token is None:
        return as_object(value)
    opened = open_token(token)
    return None if isinstance(opened, Finding) else opened.document


def _proofs(document: JsonObject, token: JsonObject | None) -> list[Json]:
    found: list[Json] = []
    if token is not None:
        found.append(_full(type=f"token ({text(token.get('alg')) or '?'})", key=text(token.get("kid"))))
    found.extend(
        _full(
            type=text(one.get("cryptosuite")) or text(one.get("type")),
            key=text(one.get("verificationMethod")),
            created=text(one.get("created")),
        )
        for one in map(as_object, as_list(document.get("proof")))
    )
    verification = as_object(document.get("verification"))
    if token is None and texts(verification.get("type")):
        host = domain(text(document.get("id")) or "")
        found.append(_full(type=texts(verification.get("type"))[0], host=host, key=text(verification.get("creator"))))
    return found

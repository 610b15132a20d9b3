"""One document of each kind with every member that its standard knows: nothing of the model stays untried."""

import copy
from typing import Any

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR_2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OB_2 = "https://w3id.org/openbadges/v2"
SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json"
AT = "https://music.example"

PROOF = {
    "type": "DataIntegrityProof",
    "created": "2026-02-03T04:05:06.789Z",
    "expires": "2036-02-03T04:05:06Z",
    "verificationMethod": "did:web:music.example#key-1",
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
    "proofValue": "z3MvGcVxzRzzpKF1HA11EjvfPZsN8NAb7kXBRfeTm3CBg2gcJLQM5hZNmj6Ccd9Lk4C1YueiFZvkSx4FuHVYVouQk",
    "challenge": "once",
    "domain": "music.example",
    "nonce": "n1",
}
SERVICES = {
    "credentialSchema": [{"id": f"{SCHEMAS}/x.json", "type": "1EdTechJsonSchemaValidator2019"}],
    "credentialStatus": {"id": f"{AT}/revoked", "type": "1EdTechRevocationList"},
    "refreshService": {"id": f"{AT}/again", "type": "1EdTechCredentialRefresh"},
    "termsOfUse": [{"id": f"{AT}/terms", "type": "TermsOfUse"}, {"type": "SilentTerms"}],
}
EVIDENCE = {
    "id": f"{AT}/recital",
    "type": ["Evidence"],
    "name": "Recital",
    "narrative": "Played by heart.",
    "description": "A recording",
    "genre": "Recording",
    "audience": "Jury",
}
COMMON = {
    **SERVICES,
    "evidence": [EVIDENCE],
    "relatedResource": [
        {"id": f"{AT}/recital", "digestSRI": "sha256-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="},
        {
            "id": f"{AT}/score",
            "mediaType": "application/pdf",
            "digestSRI": ["sha384-aaaa", "sha512-bbbb"],
            "digestMultibase": ["zAbc"],
        },
    ],
}
IMAGE = {"id": f"{AT}/lyre.png", "type": "Image", "caption": "A lyre"}
ENTRY = {"type": "IdentifierEntry", "identifier": "12", "identifierType": "ext:register"}
JURY = {"id": "did:web:jury.example", "type": ["Profile"], "name": "Jury"}
ENDORSEMENT: dict[str, Any] = {
    "@context": [VC_2, OB_3, EXTENSIONS],
    "id": f"{AT}/endorsements/1",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "Good standing",
    "description": "Said each year",
    "issuer": JURY,
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2027-01-01T00:00:00+01:00",
    "awardedDate": "2026-01-01T00:00:00.5Z",
    "credentialSubject": {
        "id": "did:web:music.example",
        "type": ["EndorsementSubject"],
        "endorsementComment": "In good standing",
    },
    **COMMON,
    "proof": [PROOF],
}
ENDORSED = {"endorsement": [ENDORSEMENT], "endorsementJwt": ["eyJh.eyJi.c2ln"]}
PROFILE: dict[str, Any] = {
    "id": "did:web:music.example",
    "type": ["Profile"],
    "name": "School of Music",
    "url": f"{AT}/",
    "phone": "+1 503 555 0100",
    "description": "Teaches music",
    "image": IMAGE,
    "email": "school@music.example",
    "address": {
        "type": ["Address"],
        "addressCountry": "USA",
        "addressCountryCode": "US",
        "addressRegion": "OR",
        "addressLocality": "Portland",
        "streetAddress": "1 Main Street",
        "postOfficeBoxNumber": "7",
        "postalCode": "97201",
        "geo": {"type": "GeoCoordinates", "latitude": 45.5, "longitude": -122},
    },
    "otherIdentifier": [ENTRY],
    "official": "The Dean",
    "parentOrg": {"id": "did:web:uni.example", "type": ["Profile"], "name": "University"},
    "familyName": "Curie",
    "givenName": "Marie",
    "additionalName": "Salomea",
    "patronymicName": "W.",
    "honorificPrefix": "Dr.",
    "honorificSuffix": "PhD",
    "familyNamePrefix": "de",
    "dateOfBirth": "1867-11-07",
    **ENDORSED,
}
ALIGNMENT = {
    "type": ["Alignment"],
    "targetCode": "M1",
    "targetDescription": "Plays",
    "targetName": "Playing",
    "targetFramework": "Frame",
    "targetType": "ext:Skill",
    "targetUrl": f"{AT}/skills/playing",
}
LEVELS = [
    {
        "id": "urn:uuid:00000000-0000-4000-8000-000000000011",
        "type": ["RubricCriterionLevel"],
        "name": "Good",
        "description": "Plays well",
        "level": "1",
        "points": "1",
        "alignment": [ALIGNMENT],
    },
    {"id": "urn:uuid:00000000-0000-4000-8000-000000000012", "type": ["RubricCriterionLevel"], "name": "Very good"},
]
RESULT_TYPES = (
    "GradePointAverage",
    "LetterGrade",
    "Percent",
    "PerformanceLevel",
    "PredictedScore",
    "RawScore",
    "Result",
    "RubricCriterion",
    "RubricScore",
    "ScaledScore",
    "Status",
    "ext:Applause",
)
ACHIEVEMENT: dict[str, Any] = {
    "id": f"{AT}/lyre",
    "type": ["Achievement"],
    "achievementType": "Certificate",
    "name": "Lyre",
    "description": "Plays the lyre",
    "version": "2",
    "inLanguage": "en-US",
    "criteria": {"id": f"{AT}/lyre/criteria", "narrative": "Play **three** songs."},
    "creator": PROFILE,
    "image": IMAGE,
    "tag": ["music", "strings"],
    "creditsAvailable": 3.5,
    "fieldOfStudy": "Music",
    "humanCode": "MUS 101",
    "specialization": "Strings",
    "otherIdentifier": [ENTRY, {**ENTRY, "identifierType": "isbn"}],
    "related": [{"id": f"{AT}/harp", "type": ["Related"], "inLanguage": "en", "version": "1"}],
    "alignment": [ALIGNMENT],
    "resultDescription": [
        {
            "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
            "type": ["ResultDescription"],
            "name": "Playing",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": LEVELS,
            "requiredLevel": LEVELS[0]["id"],
            "alignment": [ALIGNMENT],
        },
        *(
            {
                "id": f"urn:uuid:00000000-0000-4000-8000-0000000001{number:02}",
                "type": ["ResultDescription"],
                "name": f"Result {number}",
                "resultType": kind,
                "allowedValue": ["1", "2"],
                "requiredValue": "1",
                "valueMin": "1",
                "valueMax": "2",
            }
            for number, kind in enumerate(RESULT_TYPES)
        ),
    ],
    **ENDORSED,
}
IDENTITIES = [
    {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
        "identityType": "emailAddress",
        "salt": "Kosher",
    },
    {"type": "IdentityObject", "hashed": False, "identityHash": "Ada", "identityType": "name"},
]
CREDENTIAL: dict[str, Any] = {
    "@context": [VC_2, OB_3, EXTENSIONS],
    "id": f"{AT}/badges/1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Lyre",
    "description": "Ada plays the lyre",
    "image": IMAGE,
    "issuer": PROFILE,
    "validFrom": "2026-02-03T04:05:06Z",
    "validUntil": "2030-02-03T04:05:06Z",
    "awardedDate": "2026-02-01T00:00:00-08:00",
    "credentialSubject": {
        "id": "did:example:ada",
        "type": ["AchievementSubject"],
        "identifier": IDENTITIES,
        "activityStartDate": "2026-01-01T00:00:00-08:00",
        "activityEndDate": "2026-02-01T00:00:00-08:00",
        "creditsEarned": 3,
        "image": IMAGE,
        "licenseNumber": "L-1",
        "narrative": "Ada played three songs.",
        "role": "Soloist",
        "source": JURY,
        "term": "Spring",
        "achievement": ACHIEVEMENT,
        "result": [
            {
                "type": ["Result"],
                "resultDescription": "urn:uuid:00000000-0000-4000-8000-000000000001",
                "achievedLevel": LEVELS[1]["id"],
                "alignment": [ALIGNMENT],
            },
            {"type": ["Result"], "value": "2", "status": "Completed"},
        ],
    },
    **COMMON,
    "credentialStatus": {
        "id": f"{AT}/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": f"{AT}/status/1",
    },
    **ENDORSED,
    "proof": [PROOF, {**PROOF, "cryptosuite": "eddsa-jcs-2022", "@context": [VC_2, OB_3, EXTENSIONS]}],
}
_OTHER = {
    "@context": [VC_2],
    "id": "urn:uuid:00000000-0000-4000-8000-000000000099",
    "type": ["VerifiableCredential", "ext:Permit"],
    "issuer": "did:web:music.example",
    "validFrom": "2026-02-03T04:05:06Z",
    "credentialSubject": {"id": "did:example:ada"},
    "proof": PROOF,
}
CLR: dict[str, Any] = {
    "@context": [VC_2, CLR_2, OB_3, EXTENSIONS],
    "id": f"{AT}/records/1",
    "type": ["VerifiableCredential", "ClrCredential"],
    "name": "Ada's record",
    "description": "All that Ada did",
    "image": IMAGE,
    "partial": True,
    "issuer": JURY,
    "validFrom": "2026-02-03T04:05:06Z",
    "validUntil": "2030-02-03T04:05:06Z",
    "awardedDate": "2026-02-03T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:ada",
        "type": ["ClrSubject"],
        "identifier": IDENTITIES,
        "achievement": [ACHIEVEMENT],
        "association": [
            {
                "type": "Association",
                "associationType": "isChildOf",
                "sourceId": f"{AT}/lyre",
                "targetId": f"{AT}/strings",
            }
        ],
        "verifiableCredential": [CREDENTIAL, ENDORSEMENT, _OTHER],
    },
    **COMMON,
    **ENDORSED,
    "proof": [PROOF],
}
STATUS_LIST: dict[str, Any] = {
    "@context": [VC_2],
    "id": f"{AT}/status/1",
    "type": ["VerifiableCredential", "BitstringStatusListCredential"],
    "name": "Revoked",
    "description": "Badges that are revoked",
    "issuer": {"id": "did:web:music.example", "name": "School of Music"},
    "validFrom": "2026-02-03T04:05:06Z",
    "validUntil": "2026-02-04T04:05:06Z",
    "credentialSubject": {
        "id": f"{AT}/status/1#list",
        "type": "BitstringStatusList",
        "statusPurpose": ["revocation", "suspension"],
        "encodedList": "uH4sIAAAAAAAAA",
        "ttl": 300000,
    },
    "proof": [PROOF],
}
REVOCATION_LIST: dict[str, Any] = {
    "id": f"{AT}/revoked",
    "issuer": "did:web:music.example",
    "revokedCredential": [
        {"id": f"{AT}/badges/1", "revoked": True, "revocationReason": "Issued in error"},
        {"id": f"{AT}/badges/2", "revoked": False},
    ],
}

KEY: dict[str, Any] = {
    "@context": OB_2,
    "type": "CryptographicKey",
    "id": f"{AT}/key.json",
    "owner": f"{AT}/school.json",
    "publicKeyPem": "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n",
}
ENDORSEMENT_OB2: dict[str, Any] = {
    "@context": OB_2,
    "type": "Endorsement",
    "id": f"{AT}/endorsements/1.json",
    "name": "Good standing",
    "claim": {"id": f"{AT}/school.json", "endorsementComment": "In good standing", "email": "school@music.example"},
    "issuer": f"{AT}/jury.json",
    "issuedOn": "2026-01-01T00:00:00+00:00",
    "expires": "2027-01-01T00:00:00Z",
    "verification": {"type": "hosted"},
}
PROFILE_OB2: dict[str, Any] = {
    "@context": OB_2,
    "type": "Issuer",
    "id": f"{AT}/school.json",
    "name": "School of Music",
    "url": f"{AT}/",
    "telephone": "+1 503 555 0100",
    "description": "Teaches music",
    "image": {"type": "Image", "id": f"{AT}/logo.png", "caption": "A lyre", "author": f"{AT}/painter"},
    "email": "school@music.example",
    "publicKey": [f"{AT}/key.json", {name: value for name, value in KEY.items() if name != "@context"}],
    "revocationList": f"{AT}/revoked.json",
    "verification": {
        "verificationProperty": "id",
        "startsWith": [f"{AT}/badges/"],
        "allowedOrigins": ["music.example", "badges.example"],
    },
    "endorsement": [f"{AT}/endorsements/1.json", ENDORSEMENT_OB2],
}
BADGE_CLASS: dict[str, Any] = {
    "@context": OB_2,
    "type": "BadgeClass",
    "id": f"{AT}/lyre.json",
    "name": "Lyre",
    "description": "Plays the lyre",
    "version": "2",
    "image": f"{AT}/lyre.png",
    "criteria": {"id": f"{AT}/lyre/criteria", "narrative": "Play **three** songs."},
    "issuer": f"{AT}/school.json",
    "alignment": [
        {
            "targetName": "Playing",
            "targetUrl": f"{AT}/skills/playing",
            "targetDescription": "Plays",
            "targetFramework": "Frame",
            "targetCode": "M1",
        }
    ],
    "tags": ["music", "strings"],
    "endorsement": [f"{AT}/endorsements/1.json"],
}
ASSERTION: dict[str, Any] = {
    "@context": OB_2,
    "type": "Assertion",
    "id": f"{AT}/badges/1.json",
    "recipient": {"type": "email", "hashed": True, "salt": "deadsea", "identity": "sha256$c7ef86405ba7"},
    "badge": f"{AT}/lyre.json",
    "verification": {"type": "SignedBadge", "creator": f"{AT}/key.json"},
    "issuedOn": "2026-02-03T04:05:06Z",
    "expires": "2030-02-03T04:05:06.000Z",
    "image": {"id": f"{AT}/badges/1.png", "type": "Image", "caption": "A lyre"},
    "narrative": "Ada played three songs.",
    "evidence": [
        f"{AT}/recital",
        {
            "id": f"{AT}/score",
            "type": "Evidence",
            "name": "Score",
            "narrative": "Written by Ada",
            "description": "Three songs",
            "genre": "Score",
            "audience": "Jury",
        },
    ],
    "revoked": False,
    "revocationReason": "",
    "endorsement": [f"{AT}/endorsements/1.json"],
}
EMBEDDED = {**ASSERTION, "badge": {**BADGE_CLASS, "issuer": PROFILE_OB2}, "evidence": f"{AT}/recital"}
REVOCATION_LIST_OB2: dict[str, Any] = {
    "@context": OB_2,
    "type": "RevocationList",
    "id": f"{AT}/revoked.json",
    "issuer": f"{AT}/school.json",
    "revokedAssertions": [
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        {"id": "urn:uuid:00000000-0000-4000-8000-000000000002", "revocationReason": "Issued in error"},
        {"uid": "abc", "revoked": True},
    ],
}
REVOKED: dict[str, Any] = {
    "@context": OB_2,
    "id": f"{AT}/badges/1.json",
    "type": "Assertion",
    "revoked": True,
    "revocationReason": "Issued in error",
}


def in_vc_1(document: Any) -> Any:
    """The same credential in the form of VC Data Model 1.1, with everything in it."""
    names = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    if isinstance(document, dict):
        return {names.get(name, name): in_vc_1(value) for name, value in document.items()}
    if isinstance(document, list):
        return [in_vc_1(value) for value in document]
    return VC_1 if document == VC_2 else copy.copy(document)

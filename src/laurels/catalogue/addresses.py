"""Where versions live for ever: paths, without the origin. A badge's address is a promise, so these never change."""


def micro_credential(slug: str) -> str:
    """The page of a micro-credential."""
    return f"/micro-credentials/{slug}"


def version(slug: str, number: str) -> str:
    """The achievement's id: the document of one version."""
    return f"/micro-credentials/{slug}/versions/{number}"


def anchor(number: str) -> str:
    """The HTML id of one version's part on the page of its micro-credential."""
    return f"version-{number}"


def criteria(slug: str, number: str) -> str:
    """What one version takes, in words: its part of the page (never the achievement's own id: they are two things)."""
    return f"{micro_credential(slug)}#{anchor(number)}"


def badge_class(slug: str, number: str) -> str:
    """The Open Badges 2.0 BadgeClass of one version."""
    return f"{version(slug, number)}/ob2.json"


def picture_png(slug: str, number: str) -> str:
    """The picture of one version, as PNG."""
    return f"{version(slug, number)}/image.png"


def picture_svg(slug: str, number: str) -> str:
    """The picture of one version, as SVG."""
    return f"{version(slug, number)}/image.svg"

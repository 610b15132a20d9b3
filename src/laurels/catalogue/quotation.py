"""A title within a sentence: quotation marks around it, and single ones within it."""

_WITHIN = str.maketrans({"“": "‘", "”": "’", "„": "‚", "«": "‹", "»": "›"})


def quoted(title: str) -> str:
    """The title in quotation marks; marks that it has of its own become single ones: “On ‘rest’ as a cure”."""
    pieces = title.translate(_WITHIN).split('"')
    # Straight marks open and close in turn; a last one without a partner stays as it is written.
    paired = len(pieces) - 1 - (len(pieces) - 1) % 2
    marks = ["‘" if place % 2 == 0 else "’" for place in range(paired)] + ['"'] * (len(pieces) - 1 - paired)
    return "“" + "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True)) + "”"

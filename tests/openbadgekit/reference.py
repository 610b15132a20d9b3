"""The reference engine alone, pyoxigraph from JSON-LD to canonical form, with contexts written into the document."""

import json

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from openbadgekit.documents import contexts


def in_line(value):
    if isinstance(value, list):
        return [in_line(member) for member in value]
    if not isinstance(value, dict):
        return value
    made = {name: in_line(member) for name, member in value.items() if name != "@context"}
    if "@context" in value:
        addresses = value["@context"]
        listed = addresses if isinstance(addresses, list) else [addresses]
        made["@context"] = [contexts.context(address)["@context"] for address in listed]
    return made


def canonical(document):
    """Return the RDFC-1.0 form; relative IRIs and undefined terms are dropped, as engines do."""
    dataset = Dataset(parse(json.dumps(in_line(document)).encode(), RdfFormat.JSON_LD))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()

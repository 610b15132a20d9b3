"""One table for each kind of object, from which it is both read and written, so that the two cannot differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, Generic, Self, TypeVar

from ..errors import Malformed
from ..jsontype import Document, Json, JsonObject
from ..model import Node, VerifiableCredential
from .contexts import VC_1
from .forms import Form, an_object, inside

N = TypeVar("N", bound=Node)
T = TypeVar("T")
V = TypeVar("V")
C = TypeVar("C", bound=VerifiableCredential)
Fields = dict[str, object]

_NAMES_IN_VC_1: Final = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
_BEFORE_TYPE: Final = ("@context", "id")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a JSON object: its name, its kind of value, and the field that holds it.

    `many` says that the field is a tuple; `needed` that the standard asks for it.
    """

    name: str
    form: Form
    field: str = ""
    many: bool = False
    needed: bool = False
    is_text: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_text", self.form.takes_text and not self.many)
        if not self.field:
            snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in self.name)
            object.__setattr__(self, "field", snake)

    def read(self, value: Json) -> object:
        """Return the field's value."""
        if not self.many:
            return self.form.read(value)
        return tuple(_each(self.form.read, value)) if isinstance(value, list) else (self.form.read(value),)

    def write(self, value: object, *, single: bool) -> Json:
        """Return the member's value."""
        if not self.many:
            return self.form.write(value)
        if not isinstance(value, tuple):
            raise Malformed("This must be a tuple.")
        return self.form.write(value[0]) if single and len(value) == 1 else _each(self.form.write, value)


def _each(function: Callable[[T], V], values: Sequence[T]) -> list[V]:
    out = []
    for place, value in enumerate(values):
        try:
            out.append(function(value))
        except Malformed as error:
            raise inside(error, place) from None
    return out


def _lacking(name: str) -> Malformed:
    return Malformed(f"It lacks {name}, which must be there.")


def needed(name: str, form: Form, field: str = "", *, many: bool = False) -> Member:
    """Return a member that the standard asks for."""
    return Member(name, form, field, many=many, needed=True)


def many(name: str, form: Form, field: str = "") -> Member:
    """Return a member that may have many values."""
    return Member(name, form, field, many=True)


class Shape(Form, Generic[N]):
    """How one kind of object stands in the documents of one standard.

    `types` is what is written as its type: a list, or one name, or None for nothing. Where `strict`, its own type must
    be among those that are read; each group of names in `called` counts as one name. Where `typeless`, there may be no
    type at all. `make` builds the value from the fields, `take` gives the fields of a value.
    """

    def __init__(
        self,
        kind: type[N],
        types: Sequence[str] | str | None,
        *members: Member,
        called: Sequence[frozenset[str]] | None = None,
        typeless: bool = False,
        make: Callable[[Fields], N] | None = None,
        take: Callable[[N], Fields] | None = None,
    ) -> None:
        self._kind = kind
        self._types: Json = types if types is None or isinstance(types, str) else list(types)
        self._called = tuple(frozenset({name}) for name in _listed(self._types)) if called is None else tuple(called)
        self._typeless = typeless or types is None
        self._make = make
        self._take = take
        self._members: list[Member] = []
        self._by_name: dict[str, Member] = {}
        self.add(*members)

    def add(self, *members: Member) -> None:
        """Add members: kinds that hold each other are completed when both are there."""
        self._members.extend(members)
        self._by_name.update({member.name: member for member in members})
        self._head = sum(member.name in _BEFORE_TYPE for member in self._members)
        self._fields = attrgetter(*(member.field for member in self._members), "types")

    def renamed(self, names: Mapping[str, str]) -> Self:
        """Return the same kind of object, with other names for some of its members."""
        types: Sequence[str] | str | None = self._types  # type: ignore[assignment]
        other = type(self)(
            self._kind, types, called=self._called, typeless=self._typeless, make=self._make, take=self._take
        )
        other.add(*(replace(member, name=names.get(member.name, member.name)) for member in self._members))
        return other

    def read(self, value: Json) -> N:
        """Return the model's value. Raises Malformed, with the pointer, when it lacks what the standard asks for."""
        source = an_object(value)
        fields: Fields = {"types": self.read_types(source)}
        extra: Document = {}
        single = set()
        for name, inner in source.items():
            member = self._by_name.get(name)
            if member is None or inner is None or (inner == [] and member.many and not member.needed):
                extra[name] = inner
                continue
            try:
                fields[member.field] = member.read(inner)
            except Malformed as error:
                raise inside(error, name) from None
            if member.many and not isinstance(inner, list):
                single.add(member.field)
        if source.get("type") is not None and (fields["types"] is not None or self._types is not None):
            extra.pop("type", None)
        for member in self._members:
            if member.needed and member.field not in fields:
                raise _lacking(member.name)
        fields |= {"extra": extra, "single": frozenset(single)}
        return self._make(fields) if self._make else self._kind(**fields)  # type: ignore[arg-type]

    def write(self, value: object) -> Document:
        """Return the JSON object. Raises Malformed, with the pointer, when it lacks what the standard asks for."""
        if not isinstance(value, self._kind):
            raise Malformed(f"This must be of the kind {self._kind.__name__}.")
        out: Document = {"@context": value.extra["@context"]} if "@context" in value.extra else {}
        fields = self._take(value) if self._take else None
        inner = self._fields(value) if fields is None else [fields.get(member.field) for member in self._members]
        self._write_members(out, self._members[: self._head], inner, value.single)
        types = self.write_types(value)
        if types is not None:
            out["type"] = types
        self._write_members(out, self._members[self._head :], inner[self._head :], value.single)
        for name, kept in value.extra.items():
            out.setdefault(name, kept)
        return out

    def _write_members(
        self, out: Document, members: Sequence[Member], values: Sequence[object], single: frozenset[str]
    ) -> None:
        for member, value in zip(members, values, strict=False):
            if value is None or (value == () and member.many and not member.needed):
                if member.needed:
                    raise _lacking(member.name)
            elif member.is_text and type(value) is str:
                out[member.name] = value
            else:
                try:
                    out[member.name] = member.write(value, single=member.field in single)
                except Malformed as error:
                    raise inside(error, member.name) from None

    def read_types(self, source: JsonObject) -> str | tuple[str, ...] | None:
        """Return what the model keeps of the type: None where it is just the standard's own."""
        given = source.get("type")
        if given is None:
            if not self._typeless:
                raise Malformed("It lacks its type.")
            return None if self._types is None else ()
        if not isinstance(given, str) and (not isinstance(given, list) or not _listed(given)):
            if self._types is None:
                return None
            raise Malformed("A type is text, or a list of texts.", "/type")
        if not self._fits(given):
            wanted = " and ".join(" or ".join(sorted(group)) for group in self._called)
            raise Malformed(f"Its type must say {wanted}.", "/type")
        if given == self._types:
            return None
        return given if isinstance(given, str) else _listed(given)

    def write_types(self, value: N) -> Json:
        """Return the value of `type`; None where there is none."""
        types = value.types
        if types is None or (types == () and not self._typeless) or (types != () and not self._fits(types)):
            return self._types
        return types if isinstance(types, str) else list(types) or None

    def _fits(self, types: Json) -> bool:
        names = frozenset(_listed(types))
        return all(names & group for group in self._called)


def _listed(types: Json) -> tuple[str, ...]:
    """Return the types as a tuple; an empty one where they are no texts."""
    if isinstance(types, str):
        return (types,)
    if isinstance(types, list | tuple) and all(isinstance(one, str) for one in types):
        return tuple(str(one) for one in types)
    return ()


class Link(Form, Generic[N]):
    """An object, or the id alone of one that another document holds."""

    def __init__(self, kind: type[N], shape: Shape[N]) -> None:
        self._kind = kind
        self._shape = shape

    def read(self, value: Json) -> N:
        """Return the object; of one that is named by its id nothing but that."""
        if isinstance(value, str):
            return self._kind(id=value, linked=True)  # type: ignore[call-arg]
        return self._shape.read(value)

    def write(self, value: object) -> Json:
        """Return its id where it is linked, else the whole object."""
        if isinstance(value, self._kind) and value.linked:
            return str(getattr(value, "id"))  # noqa: B009 (every kind that is linked has one)
        return self._shape.write(value)


class Dated(Form, Generic[C]):
    """A credential, whose dates have other names in VC Data Model 1.1: its first context tells.

    `context` gives the contexts of one that has none of its own.
    """

    def __init__(self, shape: Shape[C], context: Callable[[C], Json]) -> None:
        self._context = context
        self._now = shape
        self._once = shape.renamed(_NAMES_IN_VC_1)

    def read(self, value: Json) -> C:
        """Return the credential."""
        context = an_object(value).get("@context")
        if context is None:
            raise _lacking("@context")
        return self._of(context).read(value)

    def write(self, value: object) -> Document:
        """Return the JSON object, with the names of the data model that it was read in."""
        context = value.context if isinstance(value, VerifiableCredential) else None
        written = self._of(context).write(value)
        return written if context is not None else {"@context": self._context(value), **written}  # type: ignore[arg-type]

    def _of(self, context: Json) -> Shape[C]:
        first = context[0] if isinstance(context, list | tuple) and context else context
        return self._once if first == VC_1 else self._now

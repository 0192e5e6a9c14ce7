"""Did the signature bring anything but itself? A cheap look instead of the library's analysis of differences.

That analysis walks the whole structure tree of a tagged file and took seconds. Here less is to be judged: the file is the frozen one,
byte for byte, with exactly one revision after it, which the signature covers to the last byte. So only the objects of that revision
can have changed anything, and there are about eight. Each that stood in the frozen file before may differ in the few places
below; what is new can be reached from those places alone:

* the catalogue in what says that there is a form and a signature (``/AcroForm``, ``/Perms``, ``/Extensions``, ``/Version``);
* one page in its list of annotations, which gets one more: the field of the signature, without actions, on a fifth of the page at
  most;
* the document information and the XMP metadata, which no page shows.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

_CATALOG: Final = frozenset({"/AcroForm", "/Perms", "/Extensions", "/Version"})
_FORM: Final = frozenset({"/Fields", "/SigFlags", "/DA", "/DR"})
_FIELD: Final = frozenset(
    {
        "/FT",
        "/T",
        "/TU",
        "/Type",
        "/Subtype",
        "/F",
        "/Rect",
        "/P",
        "/V",
        "/AP",
        "/MK",
        "/DA",
        "/Lock",
        "/SV",
        "/Ff",
        "/BS",
        "/Border",
    }
)
# Of the dictionaries of the frozen file that say what they are, a page alone may change; one without a type is the information.
_PLACES: Final = {"/Page": frozenset({"/Annots"}), None: frozenset({"/ModDate", "/Producer"})}
_LARGEST_PART: Final = 0.2
_A4: Final = (0, 0, 595, 842)


def brings_only_the_signature(reader: PdfFileReader, *, revisions: int) -> bool:
    """Whether the last revision, the one after those of the frozen file, holds nothing but one signature field and what it needs."""
    if reader.xrefs.total_revisions != revisions + 1 or reader.xrefs.refs_freed_in_revision(revisions):
        return False
    before: Any = reader.get_historical_resolver(revisions - 1)
    after: Any = reader
    field = _only_field(reader)
    if before.root_ref != reader.root_ref or field is None or not _is_bare(reader, field):
        return False
    known = {ref for each in range(revisions) for ref in reader.xrefs.explicit_refs_in_revision(each)}
    overwritten = reader.xrefs.explicit_refs_in_revision(revisions) & known
    return all(
        _may(before.get_object(ref), after.get_object(ref), ref == reader.root_ref, field) for ref in overwritten
    )


def _only_field(reader: PdfFileReader) -> Any:
    """Frozen files have no form; the one that came has one field, and no script or form of another kind."""
    form = reader.root["/AcroForm"]
    permitted = set(reader.root.get("/Perms", {})) <= {"/DocMDP"}
    fields = form["/Fields"]
    return fields.raw_get(0) if permitted and set(form) <= _FORM and len(fields) == 1 else None


def _may(old: Any, new: Any, is_root: bool, field: Any) -> bool:
    """Whether an object of the frozen file may have become this one."""
    if isinstance(old, generic.StreamObject):
        return isinstance(new, generic.StreamObject) and _kind(old) == _kind(new) == ("/Metadata", "/XML")
    if isinstance(old, generic.ArrayObject):
        return _one_more(old, new, field)
    if not isinstance(new, generic.DictionaryObject):
        return False
    return _differing(old, new) <= (_CATALOG if is_root else _PLACES.get(old.get("/Type"), frozenset())) and (
        old.get("/Type") != "/Page" or _one_more(old.get("/Annots", []), new["/Annots"], field)
    )


def _kind(stream: Any) -> tuple[str, str]:
    return stream.get("/Type"), stream.get("/Subtype")


def _one_more(old: Any, new: Any, field: Any) -> bool:
    return [_raw(each) for each in _items(new)] == [*map(_raw, _items(old)), _raw(field)]


def _items(array: Any) -> list[Any]:
    return [array.raw_get(place) for place in range(len(array))] if array else []


def _is_bare(reader: PdfFileReader, field: Any) -> bool:
    """A signature field without actions and children, whose place on the page is small."""
    widget = field.get_object()
    if not set(widget) <= _FIELD or widget.get("/FT") != "/Sig" or widget.get("/Subtype") != "/Widget":
        return False
    return _area(widget["/Rect"]) <= _LARGEST_PART * _area(widget["/P"].get("/MediaBox", _A4))


def _area(box: Any) -> float:
    left, bottom, right, top = (float(each) for each in box)
    return abs(right - left) * abs(top - bottom)


def _differing(old: Any, new: Any) -> set[str]:
    return {key for key in {*old, *new} if _at(old, key) != _at(new, key)}


def _at(dictionary: Any, key: str) -> bytes | None:
    return _raw(dictionary.raw_get(key)) if key in dictionary else None


def _raw(value: Any) -> bytes:
    written = BytesIO()
    value.write_to_stream(written)
    return written.getvalue()

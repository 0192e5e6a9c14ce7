"""XML read as a stream, with no entity ever expanded and nothing fetched."""

from __future__ import annotations

import io
import xml.sax.handler
from collections.abc import Iterable, Mapping
from typing import BinaryIO
from xml.sax import SAXException  # what the parser raises; parsing itself is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from foundation.documents.inspection import limits, reading
from foundation.documents.inspection.findings import Code, Collector
from foundation.documents.inspection.reading import Damaged

Attributes = Mapping[tuple[str | None, str], str]


class Reader(xml.sax.handler.ContentHandler):
    """Base of what looks at elements. Names come as (namespace, local name)."""

    def element(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def startElementNS(self, name, qname, attrs) -> None:  # type: ignore[no-untyped-def]  # noqa: N802
        """Of the parser."""
        self.element(name[1], {key: attrs[key] for key in attrs.getNames()})


class _Rooted(Exception):
    """The first element has begun: what could declare an entity lies behind."""


class _Prolog(Reader):
    def element(self, name: str, attributes: Attributes) -> None:
        raise _Rooted


def read(pieces: Iterable[bytes], handler: Reader, found: Collector) -> None:
    """Feed a handler to the end. A declaration of an entity is noted. Raises Damaged."""
    parser = make_parser()
    parser.setFeature(xml.sax.handler.feature_namespaces, True)
    # A document type from elsewhere may be named, as drawings do; it is not fetched, and no entity of it is known.
    parser.forbid_entities, parser.forbid_external, parser.forbid_dtd = True, False, False
    parser.setFeature(xml.sax.handler.feature_external_ges, False)
    parser.setContentHandler(handler)
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except DefusedXmlException:
        found.add(Code.XML_ENTITIES)
    except (SAXException, ValueError, LookupError) as error:
        raise Damaged from error


def read_data(data: bytes, handler: Reader, found: Collector) -> None:
    """The same for a part that is in memory."""
    read(reading.blocks(io.BytesIO(data)), handler, found)


def prolog(data: bytes, found: Collector) -> None:
    """Note entities declared before the first element; beyond a megabyte of prolog nobody writes honestly."""
    try:
        read_data(data, _Prolog(), found)
    except _Rooted:
        return
    except Damaged:
        if len(data) >= limits.XML_PROLOG:
            found.add(Code.XML_ENTITIES)


def inspect(reader: BinaryIO, found: Collector) -> None:
    """A plain XML file: entities alone. Raises Damaged for what is none."""
    try:
        read(reading.blocks(reader), _Prolog(), found)
    except _Rooted:
        return

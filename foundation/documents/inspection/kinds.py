"""Which files are taken: one table. Whatever is not in it is refused.

A table of our own and no library that knows a thousand types: the table says what is *taken*, an extension and a content are held
against each other, and a guess among what we refuse anyway would only blur the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file: its name, its extensions (the first is the usual one), its media type, the contents that agree with it."""

    name: str
    extensions: tuple[str, ...]
    media_type: str
    contents: frozenset[str]


def _kind(name: str, extensions: str, media_type: str, *more: str) -> Kind:
    return Kind(
        name=name, extensions=tuple(extensions.split()), media_type=media_type, contents=frozenset((name, *more))
    )


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# A password makes an Office file an encrypted package of another make.
_LOCKED = "office-encrypted"

KINDS = (
    _kind("pdf", "pdf", "application/pdf"),
    _kind("docx", "docx", f"{_OOXML}wordprocessingml.document", _LOCKED),
    _kind("xlsx", "xlsx", f"{_OOXML}spreadsheetml.sheet", _LOCKED),
    _kind("pptx", "pptx ppsx", f"{_OOXML}presentationml.presentation", _LOCKED),
    _kind("docm", "docm", "application/vnd.ms-word.document.macroEnabled.12", _LOCKED),
    _kind("xlsm", "xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", _LOCKED),
    _kind("pptm", "pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12", _LOCKED),
    _kind("odt", "odt", f"{_ODF}text"),
    _kind("ods", "ods", f"{_ODF}spreadsheet"),
    _kind("odp", "odp", f"{_ODF}presentation"),
    _kind("odg", "odg", f"{_ODF}graphics"),
    _kind("doc", "doc", "application/msword"),
    _kind("xls", "xls", "application/vnd.ms-excel"),
    _kind("ppt", "ppt pps", "application/vnd.ms-powerpoint"),
    _kind("msg", "msg", "application/vnd.ms-outlook"),
    _kind("rtf", "rtf", "application/rtf"),
    _kind("png", "png", "image/png"),
    _kind("jpeg", "jpg jpeg jpe", "image/jpeg"),
    _kind("tiff", "tif tiff", "image/tiff"),
    _kind("webp", "webp", "image/webp"),
    _kind("gif", "gif", "image/gif"),
    _kind("bmp", "bmp", "image/bmp"),
    _kind("heic", "heic heif", "image/heic"),
    _kind("svg", "svg", "image/svg+xml"),
    _kind("text", "txt log", "text/plain", "mail"),
    _kind("csv", "csv tsv", "text/csv", "text"),
    _kind("json", "json", "application/json", "text"),
    _kind("xml", "xml", "application/xml"),
    _kind("mail", "eml", "message/rfc822"),
    _kind("zip", "zip", "application/zip"),
    _kind("asice", "asice sce asics scs", "application/vnd.etsi.asic-e+zip"),
    _kind("mp3", "mp3", "audio/mpeg"),
    _kind("wav", "wav", "audio/wav"),
    _kind("m4a", "m4a", "audio/mp4", "mp4"),
    _kind("ogg", "ogg oga opus ogv", "audio/ogg"),
    _kind("flac", "flac", "audio/flac"),
    _kind("amr", "amr", "audio/amr"),
    _kind("mp4", "mp4 m4v", "video/mp4", "m4a"),
    _kind("mov", "mov", "video/quicktime", "mp4"),
    _kind("3gp", "3gp 3g2", "video/3gpp"),
    _kind("avi", "avi", "video/x-msvideo"),
    _kind("matroska", "mkv webm", "video/x-matroska"),
    _kind("asf", "wmv wma asf", "video/x-ms-asf"),
)

BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
BY_NAME = {kind.name: kind for kind in KINDS}
OPAQUE = "application/octet-stream"

# What starts by itself when somebody opens it; inside an archive or a message it is reported, in the middle of a name it is a trick.
PROGRAMS = frozenset({
    "ade", "adp", "apk", "app", "appinstaller", "application", "appref-ms", "appx", "appxbundle", "bat",
    "chm", "cmd", "com", "cpl", "crt", "der", "dll", "dmg", "elf", "exe", "gadget", "hta", "img",
    "inf", "ins", "iso", "isp", "jar", "js", "jse", "lib", "lnk", "mde", "mht", "mhtml", "msc", "msh", "msh1",
    "msi", "msix", "msp", "mst", "one", "pif", "pkg", "ps1", "ps1xml", "ps2", "psc1", "py", "pyc", "rb",
    "reg", "scf", "scr", "sct", "settingcontent-ms", "sh", "shb", "sys", "udl", "url", "vb", "vbe", "vbs",
    "vhd", "vhdx", "vxd", "wsc", "wsf", "wsh", "xbap", "xll",
})  # fmt: skip


def accept() -> str:
    """What a file chooser of a browser is told to offer."""
    return ",".join(f".{extension}" for extension in sorted(BY_EXTENSION))

"""What was found, in words: what it is, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.documents.inspection.findings import Code

SENTENCES = {
    Code.EMPTY: _("The file is empty. Open it on your computer, see that it is the right one, and upload it again."),
    Code.NAME_MISSING: _("The file has no name. Give it one on your computer and upload it again."),
    Code.NAME_LONG: _("The name of the file is longer than 200 characters. Shorten it and upload the file again."),
    Code.NAME_HIDES: _(
        "The name of a file has characters that cannot be seen or that turn its direction, so that it looks like another kind of file."
        " Type the name anew and upload the file again."
    ),
    Code.NAME_PATH: _("The name of the file has slashes. Rename it and upload it again."),
    Code.NAME_RESERVED: _(
        "The name of the file cannot be used on every computer: it has a colon, quotation marks or the like, begins or ends with a dot"
        " or a space, or is a reserved word. Rename it and upload it again."
    ),
    Code.NAME_DOUBLE: _(
        "The name of the file has two extensions, one of them of a program. Rename it so that it has one, and upload it again."
    ),
    Code.KIND_NOT_TAKEN: _(
        "Files of this kind are not taken. Save it as PDF, as an Office or OpenDocument file, as a picture or as plain text,"
        " or put it into a ZIP file."
    ),
    Code.KIND_UNKNOWN: _(
        "What is in this file is not what its name says, and is of no kind that is taken. Open it on your computer and save it anew."
    ),
    Code.KIND_DISAGREES: _(
        "What is in this file is not what its name says. Open it on your computer, save it anew in the kind that you want,"
        " and upload that file."
    ),
    Code.TWO_KINDS: _(
        "This file can be read as two different files at once, of which readers would see only one. Open it in the program that you"
        " use for it, save it anew and upload that file."
    ),
    Code.DAMAGED: _(
        "The file is damaged and could not be looked into. Open it on your computer, save it anew and upload that file."
    ),
    Code.SIZE_DISAGREES: _("The file did not arrive whole. Upload it again."),
    Code.TOO_MUCH_WORK: _(
        "Looking into this file took too long or too much memory, as files do that are made to stop a machine. If it is honest,"
        " divide it or save it anew in a simpler form."
    ),
    Code.ARCHIVE_BOMB: _(
        "The archive would unpack to far more than any honest one does. Take out what is not needed, or upload its files singly."
    ),
    Code.ARCHIVE_MANY: _("The archive has more than 10 000 files. Divide it into several archives."),
    Code.ARCHIVE_NESTED: _(
        "There are archives in archives in archives. Unpack the inner ones and upload them by themselves."
    ),
    Code.ARCHIVE_INNER_LARGE: _("The archive has another large archive within. Upload the inner one by itself."),
    Code.ARCHIVE_OVERLAPS: _(
        "Files in the archive share the same bytes, as they do in archives made to flood a machine. Pack it anew."
    ),
    Code.ARCHIVE_PATH: _(
        "The archive has a file that would be unpacked outside of its folder. Pack it anew from a single folder."
    ),
    Code.ARCHIVE_LINK: _("The archive has links or devices instead of files. Pack it anew with the files themselves."),
    Code.ARCHIVE_TWICE: _(
        "The archive has two files of the same name, of which a reader would see only one. Pack it anew."
    ),
    Code.ARCHIVE_DAMAGED: _(
        "The archive is damaged or says of its files what is not so. Pack it anew and upload it again."
    ),
    Code.ARCHIVE_METHOD: _(
        "The archive is packed in a way that cannot be looked into. Pack it anew as an ordinary ZIP file."
    ),
    Code.XML_ENTITIES: _(
        "The file declares entities, with which a small file can be made to fill a machine. Save it anew without them."
    ),
    Code.PICTURE_FLOOD: _(
        "The picture has so many pixels that opening it would stop most computers. Save it smaller, or divide it."
    ),
    Code.ARCHIVE_ENCRYPTED: _("The archive has files behind a password; nobody looked into them, and no scanner did."),
    Code.ARCHIVE_PROGRAMS: _("The archive has programs or scripts. Do not start them on your own computer."),
    Code.ARCHIVE_HIDDEN: _("The archive has bytes that belong to none of its files."),
    Code.ARCHIVE_CLOSED: _(
        "The file has a part that was not looked into: an archive of another kind, or a very large one."
    ),
    Code.PDF_SCRIPT: _("The PDF has scripts. Open it in a reader in which scripts are switched off."),
    Code.PDF_STARTS: _("The PDF does something by itself when it is opened, or opens other files."),
    Code.PDF_EMBEDS: _("The PDF has other files within. They were not looked into one by one."),
    Code.PDF_MEDIA: _("The PDF has sound, video or three-dimensional objects."),
    Code.PDF_FORM: _(
        "The PDF has a form that can send what is entered, or is of the XFA kind that many readers do not show."
    ),
    Code.PDF_ENCRYPTED: _("The PDF opens only with a password; nobody looked into it. Send the password another way."),
    Code.PDF_RESTRICTED: _("The PDF is protected against changes or printing."),
    Code.PDF_DAMAGED: _("The PDF has errors that readers repair in different ways; it may look different elsewhere."),
    Code.PDF_TAIL: _("The PDF has more behind its end than a PDF needs."),
    Code.OFFICE_MACROS: _(
        "The document has macros, that is programs. Do not allow them to run unless you know who wrote them and why."
    ),
    Code.OFFICE_EXTERNAL: _(
        "The document loads something from elsewhere when it is opened: a template, a picture, other tables."
    ),
    Code.OFFICE_DDE: _(
        "The document can give commands to other programs (DDE). Answer no when it asks whether to update links."
    ),
    Code.OFFICE_OBJECTS: _("The document has objects of other programs within."),
    Code.OFFICE_ENCRYPTED: _(
        "The document opens only with a password; nobody looked into it. Send the password another way."
    ),
    Code.SVG_SCRIPT: _("The drawing has scripts. Do not open it in a browser."),
    Code.SVG_FOREIGN: _("The drawing has a web page within."),
    Code.SVG_EXTERNAL: _("The drawing loads something from elsewhere when it is opened."),
    Code.TEXT_FORMULA: _(
        "The table has cells that a spreadsheet would compute. Open it as text, or import the columns as text."
    ),
    Code.MAIL_ATTACHMENTS: _("The message has attachments. They were not looked into one by one."),
    Code.MAIL_PROGRAMS: _("The message has programs or scripts attached. Do not start them on your own computer."),
}


def sentence(code: Code) -> str:
    """In the reader's language."""
    return str(SENTENCES[code])

"""Files as offices send them: nothing in them may be refused, and nothing reported."""

from tests.documents.corpus.letters import mail, svg
from tests.documents.corpus.office import compound, excel, opendocument, openxml, relation, word
from tests.documents.corpus.pictures import bmp, gif, heic, jpeg, png, tiff, webp
from tests.documents.corpus.portable import pdf, turns_a_page
from tests.documents.corpus.samples import sample, zipped

DOCTYPE = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
LINK = {"word/_rels/document.xml.rels": relation("hyperlink", "https://example.org/")}

SAMPLES = (
    sample("a pdf", "Налог 12-26.pdf", pdf),
    sample("a pdf that opens on its first page", "www.example.com.pdf", lambda: pdf(turns_a_page)),
    sample("a word file with a link", "a.docx", lambda: openxml(parts=LINK)),
    sample("an excel file", "a.xlsx", lambda: openxml("spreadsheetml.sheet")),
    sample("a slide show", "a.ppsx", lambda: openxml("presentationml.slideshow")),
    sample("an opendocument text", "a.odt", opendocument),
    sample("an opendocument table", "a.ods", lambda: opendocument(kind="spreadsheet")),
    sample("an old word file", "a.doc", word),
    sample("an old excel file", "a.xls", excel),
    sample("an old powerpoint file", "a.ppt", lambda: compound({"PowerPoint Document": b"x"})),
    sample("a message of outlook", "a.msg", lambda: compound({"__properties_version1.0": b""})),
    sample("rich text", "a.rtf", b"{\\rtf1 hello}"),
    sample("a png", "a.png", png),
    sample("a large plan", "a.png", lambda: png(15_000, 15_000)),
    sample("a jpeg", "a.JPG", jpeg),
    sample("a gif", "a.gif", gif),
    sample("a tiff of pages", "a.tif", lambda: tiff(2480, 3508, pages=400)),
    sample("a webp", "a.webp", webp),
    sample("a bmp", "a.bmp", bmp),
    sample("a heic", "a.heic", heic),
    sample("a drawing", "a.svg", svg),
    sample("a drawing with a doctype", "a.svg", b'<?xml version="1.0"?>' + DOCTYPE + svg()),
    sample("a text in cyrillic", "a.txt", "Здраво, свете".encode()),
    sample("a text of windows", "a.txt", "Здраво".encode("utf-16")),
    sample("a text in an older encoding", "a.log", "žalba\n".encode("cp1250")),
    sample("a table", "a.csv", "\ufeffиме;износ\nА;-12,50\n+387 61 000;x\n".encode()),
    sample("a message", "a.eml", mail),
    sample("data", "a.xml", b'<?xml version="1.0" encoding="UTF-8"?><rows><row/></rows>'),
    sample("data as json", "a.json", b'{"a": 1}'),
    sample(
        "an archive of documents", "a.zip", lambda: zipped({"folder/": b"", "folder/a.pdf": pdf(), "Ђ.docx": openxml()})
    ),
    sample("an archive in an archive", "a.zip", lambda: zipped({"inner.zip": zipped({"a.txt": b"a" * 99})})),
    sample("an archive that packs nothing", "a.zip", lambda: zipped({"a.pdf": pdf()}, stored=True)),
    sample("an empty archive", "a.zip", lambda: zipped({})),
    sample(
        "a signed container",
        "a.asice",
        lambda: zipped({"mimetype": b"application/vnd.etsi.asic-e+zip", "a.pdf": pdf()}, stored=True),
    ),
    sample("a recording", "a.mp3", b"ID3\x04" + bytes(200)),
    sample("a recording without a tag", "a.mp3", b"\xff\xfb\x90\x00" + bytes(200)),
    sample("a film", "a.mp4", b"\0\0\0\x18ftypisom" + bytes(200)),
    sample("a film of an apple", "a.mov", b"\0\0\0\x14ftypqt  " + bytes(200)),
    sample("a wave", "a.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(200)),
)

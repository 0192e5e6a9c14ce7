"""How much of a file is looked into before it is refused. Numbers of bytes unless they say otherwise.

They are above what the offices send one another (a scanned case file of 2 000 pages, a year of telephone records as one sheet) and far
below what would hurt a machine.
"""

HEAD = 4096
TAIL = 66_000  # the end of a ZIP with the longest comment
BLOCK = 256 * 1024

NAME = 200  # characters
INNER_NAME = 1024  # characters

# Archives: entries over all levels, what they unpack to over all levels, and how often there may be an archive in an archive.
ENTRIES = 10_000
CENTRAL_DIRECTORY = 8 * 1024 * 1024
UNPACKED = 4 * 1024**3
NESTING = 3
INNER = 32 * 1024 * 1024
GAP = 24  # a data descriptor may stand between two entries
# Unpacked over packed. The strongest honest compression of office files and logs stays below; zeros reach 1 000.
RATIO = 250
RATIO_FROM = 16 * 1024 * 1024

XML_PROLOG = 1024 * 1024
XML_PART = 64 * 1024 * 1024

PDF_OBJECTS = 2_000_000
PDF_DEPTH = 60
PDF_TAIL = 2048

# A page of A0 at 400 dpi has 250 million pixels.
PIXELS = 300_000_000
FRAMES = 5_000

# The process that inspects.
MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 60
# Of its own: what the storage takes to give a piece is not counted.
SECONDS = 90.0
# For the storage, all pieces together: 2 GiB at 11 MB/s. Slower, and nothing is said of the file.
STORAGE_SECONDS = 200.0

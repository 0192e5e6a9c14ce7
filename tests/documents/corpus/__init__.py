"""Hostile files, built in code when a test asks for them, with what has to be found; and honest ones, which have to come through."""

from tests.documents.corpus import archives, honest, letters, office, pictures, portable
from tests.documents.corpus.samples import Sample

HONEST: tuple[Sample, ...] = honest.SAMPLES
HOSTILE: tuple[Sample, ...] = (
    *letters.SAMPLES,
    *archives.SAMPLES,
    *office.SAMPLES,
    *pictures.SAMPLES,
    *portable.SAMPLES,
)

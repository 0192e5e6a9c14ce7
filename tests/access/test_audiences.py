"""For whom a row is written, in the words of each of its readers and of nobody else."""

import pytest

from foundation import access
from foundation.access import audiences


@pytest.mark.parametrize("word", ["everyone", "partner", "authority", "self"])
def test_a_writer_reads_the_word_that_was_chosen(word, story):
    with story.ann.acting() as ann:
        assert audiences.word_of(audiences.group_of(word, ann), ann) == word


@pytest.mark.parametrize("word", ["partner", "authority", "self"])
def test_to_whoever_does_not_belong_to_it_an_audience_is_not_there(word, story):
    with story.ann.acting() as ann:
        group = audiences.group_of(word, ann)

    with story.bob.acting() as bob, pytest.raises(access.NotThere):
        audiences.word_of(group, bob)

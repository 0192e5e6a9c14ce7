"""The page of figures is what its generator makes of the committed figures, and nothing else."""

import copy
import json

from bench import performance


def figures():
    return json.loads(performance.FIGURES.read_text(encoding="utf-8"))


def test_the_page_is_made_from_the_committed_figures():
    assert performance.PAGE.read_text(encoding="utf-8") == performance.page(figures())


def test_another_figure_makes_another_page():
    changed = copy.deepcopy(figures())
    changed["claims"][0]["figure"] = 99.5
    assert "99.5" in performance.page(changed)


def test_a_claim_that_misses_is_shown_as_it_is():
    changed = copy.deepcopy(figures())
    changed["claims"][0] |= {"figure": None, "holds": False}
    assert "| not measured |" in performance.page(changed)
    assert "**misses**" in performance.page(changed)

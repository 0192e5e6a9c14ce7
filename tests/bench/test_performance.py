"""The page of figures is what its generator makes of the committed figures, and nothing else."""

import copy
import json

from bench import performance


def figures():
    return json.loads(performance.FIGURES.read_text(encoding="utf-8"))


def test_the_page_is_made_from_the_committed_figures():
    api = json.loads(performance.API_FIGURES.read_text(encoding="utf-8")) if performance.API_FIGURES.exists() else None
    assert performance.PAGE.read_text(encoding="utf-8") == performance.page(figures(), api)


def test_another_figure_makes_another_page():
    changed = copy.deepcopy(figures())
    changed[0]["claims"][0]["figure"] = 99.5
    assert "99.5" in performance.page(changed)


def test_a_claim_that_misses_is_shown_as_it_is():
    changed = copy.deepcopy(figures())
    changed[0]["claims"][0] |= {"figure": None, "holds": False}
    assert "| not measured |" in performance.page(changed)
    assert "**misses**" in performance.page(changed)


def test_a_run_takes_the_place_of_an_earlier_one_of_the_same_sizes_alone():
    standing = figures()
    again, larger = copy.deepcopy(standing[0]), copy.deepcopy(standing[0])
    again["seed"] = 1
    for row in larger["slowest"]:
        row["size"] *= 100
    runs = performance.with_run(performance.with_run(standing, larger), again)
    assert [run["seed"] for run in runs if performance.sizes_of(run) == performance.sizes_of(again)] == [1]
    assert runs == sorted(runs, key=performance.sizes_of)
    assert larger in runs

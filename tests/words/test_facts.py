import re
import sys
from functools import partial

import pytest
from narration_samples import ENGLISH, MINUTE, write_files

import physics.entropy
import physics.examples
from explainer.errors import ExplainerError
from explainer.words.facts import FactSpec, Known, evaluate, known, source_of
from explainer.words.quantities import Fact


def test_every_fact_of_the_minute_is_the_answer_of_the_call_it_names():
    """The source of a fact is code: run, it gives the fact's value."""
    facts = known(MINUTE.facts).facts
    for fact in facts.values():
        assert float(eval(fact.source, {"physics": physics})) == fact.value_si
    assert facts.keys() >= {"particles", "field"}


def test_the_worked_example_has_the_published_value():
    facts = known(MINUTE.facts).facts
    assert facts["inversion_temperature"].text(ENGLISH) == "−5\u00a0mK"
    assert [facts[f"ways_{n}"].text(ENGLISH) for n in range(5)] == ["1", "4", "6", "4", "1"]
    assert facts["particles"].text(ENGLISH) == "100"


def test_a_call_is_written_out_from_itself():
    assert source_of(partial(physics.entropy.multiplicity, 4, n=1)) == "physics.entropy.multiplicity(4, n=1)"


def test_a_unit_that_the_engine_lacks_is_of_the_film_s_own_size():
    fact = evaluate(FactSpec("race", partial(float, "1609.344"), "furlong", 1, unit_si=201.168))
    assert fact == Fact("race", 1609.344, "furlong", 1, "builtins.float('1609.344')", 201.168)
    assert fact.text(ENGLISH) == "8.0\u00a0furlong"


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        (FactSpec("endless", partial(float, "inf")), "film.facts: endless: its value is inf; say it in words instead"),
        (FactSpec("odd", partial(float, "x")),
         "film.facts: odd: builtins.float('x') fails (ValueError: could not convert string to float: 'x');"
         " mend the call or its arguments"),
        (FactSpec("none", partial(dict)), r"film.facts: none: builtins.dict() fails (TypeError:"),
        (FactSpec("long", partial(float, 5), "furlong"), "film.facts: long: unknown unit 'furlong'; give its size"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_stated_is_one_clear_line(spec, line):
    with pytest.raises(ExplainerError, match=re.escape(line)) as caught:
        evaluate(spec, module="film.facts")
    assert "\n" not in str(caught.value)


def test_a_film_without_facts_knows_none():
    assert known("") == Known()


FACTS = """\
from functools import partial

from explainer.words.facts import FactSpec
from explainer.words.quantities import Quantity

FACTS = (FactSpec("half", partial(float, "0.5"), "m", 1), FactSpec("two", partial(int, 2)))
QUANTITIES = (Quantity("height", "m"),)
"""


def test_a_module_s_facts_and_quantities_are_known_by_their_ids(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(write_files(tmp_path, {"states_facts.py": FACTS}))
    found = known("states_facts")
    assert {id: fact.value_si for id, fact in found.facts.items()} == {"half": 0.5, "two": 2.0}
    assert {id: quantity.unit for id, quantity in found.quantities.items()} == {"height": "m"}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("facts_not_there", None, "broken_film.facts_not_there: there is no module broken_film.facts_not_there;"),
        ("facts_lean_on", "import no_such_physics\n", "broken_film.facts_lean_on: there is no module no_such_physics;"),
        ("facts_divide", "\n\nhalf = 1 / 0\n", "broken_film/facts_divide.py:3: it cannot be loaded (ZeroDivision"),
        ("facts_stop", "FACTS = (\n", "facts_stop.py:1: it cannot be loaded (SyntaxError:"),
        ("facts_longs", FACTS.replace('"height", "m"', '"height", "furlong"'), "height: unknown unit 'furlong';"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_one_clear_line(tmp_path, monkeypatch, name, text, line):
    """It names the file and the line at fault."""
    files = {"broken_film/__init__.py": ""} | ({f"broken_film/{name}.py": text} if text is not None else {})
    monkeypatch.syspath_prepend(write_files(tmp_path, files))
    monkeypatch.delitem(sys.modules, "broken_film", raising=False)
    with pytest.raises(ExplainerError, match="^" + re.escape(line)) as caught:
        known(f"broken_film.{name}")
    assert "\n" not in str(caught.value)

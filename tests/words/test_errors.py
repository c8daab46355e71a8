import pickle

from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError, located, quoted


@given(st.text(), st.text(), st.text(), st.text())
def test_an_error_is_one_printable_line_and_survives_pickling(file, id, problem, remedy):
    error = ExplainerError(problem, located(file, id), remedy)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.problem, copy.place, copy.remedy) == (str(error), problem, error.place, remedy)
    assert str(error).isprintable()
    assert len(quoted(problem * 100)) < 1000

import pytest
from scene_shots import SEGMENTS, show_of

from explainer.stage.show import SceneError


def test_a_cue_its_end_and_its_marks_have_frames_in_order() -> None:
    show = show_of("dome")
    assert 0 <= show.at("dome.count") < show.at("dome.count:none") < show.at("dome.count:end") <= show.frame_count


@pytest.mark.parametrize("place", ["dome.tpo", "dome.count:nine", "hook.question", ""])
def test_an_unknown_cue_or_mark_is_named_with_those_that_exist(place: str) -> None:
    with pytest.raises(SceneError, match=r"script\.toml does not have; it has dome\.count") as raised:
        show_of("dome").at(place)
    assert repr(place) in str(raised.value)


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(SceneError, match=r"'dome\.nothing'"):
        show_of("dome").label("dome.nothing")


@pytest.mark.parametrize("segment_id", SEGMENTS)
def test_a_segment_lasts_as_long_at_every_frame_rate(segment_id: str) -> None:
    assert show_of(segment_id, 60).frame_count / 60 == pytest.approx(show_of(segment_id, 15).frame_count / 15)

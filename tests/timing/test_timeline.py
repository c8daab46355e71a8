import json
import math
import pickle
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from narration_samples import MINUTE, drafted, narration_of

from explainer.errors import ExplainerError
from explainer.timing.planning import GRID_FRAMES, SHORTEST_PAUSE_S, Budget, SpokenTime, budget_of, plan
from explainer.timing.timeline import PLANNING_FPS, from_json, to_json
from explainer.words.facts import known
from explainer.words.script import Settings

A_MINUTE = Budget(50.0, 59.4, 60.0)
AT_MOST_A_MINUTE = Budget(0.0, 59.4, 60.0)
SECONDS = st.floats(0.05, 12.0)


@st.composite
def plans(draw, most_s=55.0):
    """A narration, how long each cue takes (never too long in all), and its plan."""
    lengths = draw(st.lists(SECONDS, min_size=1, max_size=20))
    scale = min(1.0, most_s / (sum(lengths) + len(lengths)))
    segments = draw(st.integers(1, min(5, len(lengths))))
    narration = narration_of(*["It is <m/>flat."] * len(lengths), segments=segments)
    durations = {
        cue.id: SpokenTime(s * scale, {"m": s * scale * draw(st.floats(0, 1))})
        for cue, s in zip(narration.cues, lengths, strict=True)
    }
    return narration, durations, plan(narration, durations, draw(st.sampled_from([None, AT_MOST_A_MINUTE])))


def spoken(narration, *lengths_s):
    return {cue.id: SpokenTime(s, {}) for cue, s in zip(narration.cues, lengths_s, strict=True)}


@given(plans())
def test_segments_abut_and_cues_stay_inside_in_order(planned):
    """Half-open ranges: the end of each segment is the start of the next, and no cue overlaps another."""
    narration, durations, timeline = planned
    expected = 0
    for segment in timeline.segments:
        assert segment.start_frame == expected
        assert segment.start_frame % GRID_FRAMES == 0
        at = segment.start_frame
        for cue in segment.cues:
            assert at < cue.start_frame < cue.stop_frame
            assert -1e-5 < cue.stop_frame - cue.start_frame - durations[cue.id].speech_s * PLANNING_FPS < 1.001
            assert all(cue.start_frame <= frame < cue.stop_frame for frame in cue.marks.values())
            assert abs(cue.marks["m"] - cue.start_frame - durations[cue.id].marks_s["m"] * PLANNING_FPS) <= 1 + 1e-9
            at = cue.stop_frame
        assert at < segment.stop_frame
        expected = segment.stop_frame
    assert timeline.frames == expected <= AT_MOST_A_MINUTE.maximum_s * PLANNING_FPS
    assert [segment.id for segment in timeline.segments] == [segment.id for segment in narration.segments]


@given(plans(), st.sampled_from([5, 10, 12, 15, 20, 24, 25, 30, 50]))
def test_resampling_rounds_each_boundary_once(planned, fps):
    """At any rate segments still abut and no boundary is more than half a frame off."""
    _, _, timeline = planned
    other = timeline.resampled(fps)
    for before, after in zip(timeline.segments, other.segments, strict=True):
        assert abs(after.start_frame / fps - before.start_frame / PLANNING_FPS) <= 0.5 / fps + 1e-9
        for cue, moved in zip(before.cues, after.cues, strict=True):
            assert abs(moved.stop_frame / fps - cue.stop_frame / PLANNING_FPS) <= 0.5 / fps + 1e-9
    starts = [segment.start_frame for segment in other.segments]
    assert starts[1:] == [segment.stop_frame for segment in other.segments][:-1]
    assert from_json(to_json(other)) == other


@given(plans(), st.sampled_from([15, 20, 30, 60]))
def test_a_segment_does_not_depend_on_what_comes_before(planned, fps):
    """Counted from its own start a segment is the same at any rate, wherever in the film it stands."""
    _, _, timeline = planned
    for segment in timeline.segments:
        own = timeline.relative(segment.id)
        resampled = timeline.resampled(fps).relative(segment.id)
        assert own.start_frame == 0 and own.frames == segment.frames
        assert resampled.stop_frame * PLANNING_FPS == own.stop_frame * fps
        for cue, moved in zip(own.cues, resampled.cues, strict=True):
            assert moved.start_frame == (2 * cue.start_frame * fps + PLANNING_FPS) // (2 * PLANNING_FPS)


@given(plans())
def test_a_timeline_survives_json_and_pickling(planned):
    _, _, timeline = planned
    assert from_json(to_json(timeline)) == timeline
    assert pickle.loads(pickle.dumps(timeline)) == timeline
    assert json.loads(to_json(timeline))["fps"] == PLANNING_FPS


@given(st.lists(st.floats(1.0, 4.0), min_size=12, max_size=18))
def test_the_film_lands_near_its_target(lengths):
    """Whenever words and pauses allow it the film ends at most a second before the target, never after."""
    narration = narration_of(*["Flat."] * len(lengths))
    wished_s = 0.3 + 0.4 * len(lengths)
    floor_s = (len(lengths) + 1) * SHORTEST_PAUSE_S
    if A_MINUTE.target_s - 2.4 * wished_s < sum(lengths) < A_MINUTE.target_s - floor_s - 1:
        timeline = plan(narration, spoken(narration, *lengths), A_MINUTE)
        assert A_MINUTE.target_s - 1 <= timeline.duration_s <= A_MINUTE.target_s


def pauses(timeline):
    return {after.start_frame - before.stop_frame for before, after in pairwise(timeline.cues)}


def test_pauses_scale_alike():
    narration = narration_of(*["Flat."] * 12)
    drawn_out = pauses(plan(narration, spoken(narration, *[4.0] * 12), A_MINUTE))
    assert len(drawn_out) == 1 and drawn_out != {round(0.4 * PLANNING_FPS)}


def test_without_bounds_every_pause_is_as_wished_however_long_the_film():
    narration = narration_of(*["Flat."] * 30)
    timeline = plan(narration, spoken(narration, *[10.0] * 30), None)
    assert pauses(timeline) == {round(0.4 * PLANNING_FPS)}
    assert timeline.cues[0].start_frame == round(0.3 * PLANNING_FPS)
    assert 300 < timeline.duration_s < 320


def test_a_film_s_bounds_are_those_of_its_script():
    assert budget_of(MINUTE.script.settings) == A_MINUTE
    assert budget_of(Settings()) is None


def test_a_film_that_is_too_long_names_the_cue_and_what_would_fit():
    narration = narration_of("Short.", "A much longer cue than the other one is.", "Short.")
    with pytest.raises(ExplainerError, match=r"s0\.c1: .*4\.2 s over.*59\.3 s of speech would fit: cut about \d+ char"):
        plan(narration, spoken(narration, 10.0, 41.5, 12.0), A_MINUTE)


def test_a_film_that_is_too_short_is_refused():
    narration = narration_of("Short.")
    with pytest.raises(ExplainerError, match=r"even with long pauses; it needs 50 s"):
        plan(narration, drafted(narration), A_MINUTE)


def test_further_captions_begin_on_frames_within_their_cue():
    narration = narration_of("It is flat.")
    (cue,) = plan(narration, {"s0.c0": SpokenTime(2.0, {}, (0.5, 1.0, 2.0))}, None).cues
    assert [at - cue.start_frame for at in cue.splits] == [30, 60, 119]


@pytest.mark.parametrize("duration_s", [0.0, -1.0, math.nan, math.inf])
def test_impossible_durations_are_refused(duration_s):
    narration = narration_of("Short.")
    with pytest.raises(ExplainerError, match="its speech lasts"):
        plan(narration, spoken(narration, duration_s), None)


def test_missing_cues_and_marks_are_refused():
    narration = narration_of("It is <m/>flat.")
    with pytest.raises(ExplainerError, match="no speech was made"):
        plan(narration, {}, None)
    for marks in ({}, {"m": 3.0}, {"m": -0.1}, {"m": math.nan}):
        with pytest.raises(ExplainerError, match=r"s0\.c0:m: the voice gives no time"):
            plan(narration, {"s0.c0": SpokenTime(1.0, marks)}, None)


def test_a_resampled_timeline_is_not_resampled_again():
    narration = narration_of("Short.")
    timeline = plan(narration, drafted(narration), None).resampled(15)
    for fps in (30, 0):
        with pytest.raises(ExplainerError, match="cannot resample"):
            timeline.resampled(fps)
    with pytest.raises(ExplainerError, match="unknown segment; use one of s0"):
        timeline.segment("nope")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", "[" * 100_000, '{"language_tag": "en", "fps": 60, "segments": 5}',
     '{"language_tag": "en", "fps": 60, "segments": [{"id": "a", "start_frame": 1, "stop_frame": 5, "cues": []}]}',
     '{"language_tag": "en", "fps": 60, "segments": [{"id": "a", "start_frame": 0, "stop_frame": 5.5, "cues": []}]}',
     '{"language_tag": "en", "fps": 0, "segments": []}',
     '{"language_tag": "en", "fps": 60, "segments": [{"id": "a", "start_frame": 0, "stop_frame": 5, "cues":'
     ' [{"id": "a.b", "start_frame": 1, "stop_frame": 3, "marks": {"m": 4}, "splits": []}]}]}',
     '{"language_tag": "en", "fps": 60, "segments": [{"id": "a", "start_frame": 0, "stop_frame": 5, "cues":'
     ' [{"id": "a.b", "start_frame": 1, "stop_frame": 3, "marks": {}, "splits": [0]}]}]}'],
)  # fmt: skip
def test_broken_timelines_are_refused(text):
    with pytest.raises(ExplainerError, match=r"timeline\.json"):
        from_json(text)


def test_a_word_more_leaves_the_other_segments_alone():
    """A slightly longer hook moves the others as a whole and does not make their pictures stale."""
    narration = MINUTE.narration("en", known(MINUTE.facts).facts)
    durations = drafted(narration)
    first = narration.cues[0].id
    before = plan(narration, durations, AT_MOST_A_MINUTE)
    unmoved = 0
    for more_s in (0.05, 0.1, 0.2):
        longer = replace(durations[first], speech_s=durations[first].speech_s + more_s)
        after = plan(narration, durations | {first: longer}, AT_MOST_A_MINUTE)
        ids = [segment.id for segment in after.segments[1:]]
        unmoved += all(before.relative(id) == after.relative(id) for id in ids)
    assert unmoved >= 2

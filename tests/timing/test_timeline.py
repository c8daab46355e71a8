import json
import math
import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import drafted, narration_of

from explainer.errors import ExplainerError
from explainer.timing.timeline import GRID_FRAMES, PLANNING_FPS, Budget, from_json, plan, to_json
from explainer.words.localize import localize
from explainer.words.script import load_script

FREE = Budget(minimum_s=0.0)
SECONDS = st.floats(0.05, 12.0)


@st.composite
def plans(draw, most_s=55.0):
    """A narration, how long each cue takes (never too long in all), and its plan."""
    lengths = draw(st.lists(SECONDS, min_size=1, max_size=20))
    scale = min(1.0, most_s / (sum(lengths) + len(lengths)))
    segments = draw(st.integers(1, min(5, len(lengths))))
    narration = narration_of(*["It is <m/>flat."] * len(lengths), segments=segments)
    durations = {
        cue.id: (s * scale, {"m": s * scale * draw(st.floats(0, 1))})
        for cue, s in zip(narration.cues, lengths, strict=True)
    }
    return narration, durations, plan(narration, durations, FREE)


@settings(max_examples=60)
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
            assert -1e-5 < cue.stop_frame - cue.start_frame - durations[cue.id][0] * PLANNING_FPS < 1.001
            assert all(cue.start_frame <= frame < cue.stop_frame for frame in cue.marks.values())
            assert abs(cue.marks["m"] - cue.start_frame - durations[cue.id][1]["m"] * PLANNING_FPS) <= 1 + 1e-9
            at = cue.stop_frame
        assert at < segment.stop_frame
        expected = segment.stop_frame
    assert timeline.frames == expected <= FREE.maximum_s * PLANNING_FPS
    assert [segment.id for segment in timeline.segments] == [segment.id for segment in narration.segments]


@settings(max_examples=60)
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


@settings(max_examples=40)
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


@settings(max_examples=30)
@given(plans())
def test_a_timeline_survives_json_and_pickling(planned):
    _, _, timeline = planned
    assert from_json(to_json(timeline)) == timeline
    assert pickle.loads(pickle.dumps(timeline)) == timeline
    assert json.loads(to_json(timeline))["fps"] == PLANNING_FPS


@settings(max_examples=60)
@given(st.lists(st.floats(1.0, 4.0), min_size=12, max_size=18))
def test_the_film_lands_near_its_target(lengths):
    """Whenever words and pauses allow it the film ends at most a second before the target, never after."""
    narration = narration_of(*["Flat."] * len(lengths))
    budget = Budget()
    spoken_s = sum(lengths)
    durations = {cue.id: (s, {}) for cue, s in zip(narration.cues, lengths, strict=True)}
    wished_s = 0.3 + 0.4 * len(lengths)
    floor_s = (len(lengths) + 1) * budget.shortest_pause_s
    if budget.target_s - 2.4 * wished_s < spoken_s < budget.target_s - floor_s - 1:
        timeline = plan(narration, durations)
        assert budget.target_s - 1 <= timeline.duration_s <= budget.target_s


def test_pauses_scale_alike():
    narration = narration_of(*["Flat."] * 12)
    timeline = plan(narration, {cue.id: (4.0, {}) for cue in narration.cues})
    cues = timeline.cues
    pauses = {after.start_frame - before.stop_frame for before, after in pairwise(cues)}
    assert len(pauses) == 1


def test_a_film_that_is_too_long_names_the_cue_and_what_would_fit():
    narration = narration_of("Short.", "A much longer cue than the other one is.", "Short.")
    durations = {cue.id: (s, {}) for cue, s in zip(narration.cues, (10.0, 41.5, 12.0), strict=True)}
    with pytest.raises(ExplainerError, match=r"s0\.c1: .*4\.2 s over.*59\.3 s of speech would fit: cut about \d+ char"):
        plan(narration, durations)


def test_a_film_that_is_too_short_is_refused():
    narration = narration_of("Short.")
    with pytest.raises(ExplainerError, match=r"even with long pauses; it needs 50 s"):
        plan(narration, drafted(narration))


@pytest.mark.parametrize("duration_s", [0.0, -1.0, math.nan, math.inf])
def test_impossible_durations_are_refused(duration_s):
    narration = narration_of("Short.")
    with pytest.raises(ExplainerError, match="its speech lasts"):
        plan(narration, {"s0.c0": (duration_s, {})}, FREE)


def test_missing_cues_and_marks_are_refused():
    narration = narration_of("It is <m/>flat.")
    with pytest.raises(ExplainerError, match="no speech was made"):
        plan(narration, {}, FREE)
    for marks in ({}, {"m": 3.0}, {"m": -0.1}, {"m": math.nan}):
        with pytest.raises(ExplainerError, match=r"s0\.c0:m: the voice gives no time"):
            plan(narration, {"s0.c0": (1.0, marks)}, FREE)


def test_a_resampled_timeline_is_not_resampled_again():
    narration = narration_of("Short.")
    timeline = plan(narration, drafted(narration), FREE).resampled(15)
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
     ' [{"id": "a.b", "start_frame": 1, "stop_frame": 3, "marks": {"m": 4}}]}]}'],
)  # fmt: skip
def test_broken_timelines_are_refused(text):
    with pytest.raises(ExplainerError, match=r"timeline\.json"):
        from_json(text)


def test_a_word_more_leaves_the_other_segments_alone():
    """A slightly longer hook moves the others as a whole and does not make their pictures stale."""
    from explainer.words.languages import LANGUAGES

    narration = localize(load_script(), LANGUAGES["en"])
    durations = drafted(narration)
    first = narration.cues[0].id
    before = plan(narration, durations, Budget(minimum_s=0))
    seconds, marks = durations[first]
    unmoved = 0
    for more_s in (0.05, 0.1, 0.2):
        after = plan(narration, durations | {first: (seconds + more_s, marks)}, Budget(minimum_s=0))
        ids = [segment.id for segment in after.segments[1:]]
        unmoved += all(before.relative(id) == after.relative(id) for id in ids)
    assert unmoved >= 2

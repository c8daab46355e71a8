import pytest
from scene_shots import SEGMENTS, shot_of

from explainer.media.shot import Shot


@pytest.fixture(scope="module", params=SEGMENTS)
def shot(request: pytest.FixtureRequest) -> Shot:
    """Each segment in turn, small and at a low rate."""
    return shot_of(request.param)

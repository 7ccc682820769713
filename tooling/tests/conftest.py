"""For every test: the development scripts can be imported, and nothing of the user's is touched:
no test inherits dbt's settings, and the cache is in a temporary folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dev"))

for name in [name for name in os.environ if name.startswith("DBT_")]:
    del os.environ[name]

# A busy machine is no finding. The same examples each time, so that a red run is of the change
# under test; HEADWATER_RANDOM=1 draws others.
settings.register_profile(
    "any_machine",
    deadline=None,
    derandomize=not os.environ.get("HEADWATER_RANDOM"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("any_machine")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Also for the programs that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADWATER_CACHE_DIR", str(tmp_path_factory.mktemp("headwater-cache")))
        yield

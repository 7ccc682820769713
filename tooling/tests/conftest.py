"""For every test: the development scripts can be imported, and no test inherits dbt's settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dev"))

for name in [name for name in os.environ if name.startswith("DBT_")]:
    del os.environ[name]

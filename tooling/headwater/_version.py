"""The one version number; `dbt_project.yml` carries the same (tested)."""

__version__ = "0.1.0"

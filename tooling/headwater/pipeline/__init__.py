"""Artifacts -> `Loaded`: read, parse what is not known yet, build the graph. The only conductor.

``loading``   `load`: what was kept from the last run, or a cold load
``cold``      a load from the artifacts themselves
``parsing``   every SQL node -> `NodeLineage`, each knowing its inputs' columns
``contexts``  what one node may read, and the key of it
``ordering``  every node after what it depends on
``workers``   many nodes, in this process or in several
"""

from __future__ import annotations

from headwater.pipeline.loading import Loaded, LoadOptions, LoadStats, load

__all__ = ["LoadOptions", "LoadStats", "Loaded", "load"]

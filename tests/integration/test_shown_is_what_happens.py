"""What is displayed is what happens: after every step of a random walk, all moments and reasons are held to account."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_budget import examples
from shown_events import NAMES_OF_EVENTS, draw_walk, happen
from shown_home import make_home
from shown_promises import find_broken

Walk = list[tuple[str, int]]
WALKS = st.lists(st.tuples(st.sampled_from(NAMES_OF_EVENTS), st.integers(0, 10**6)), min_size=3, max_size=14)


def walk_through(folder: Path, seed: int, walk: Walk) -> None:
    """Let one thing happen after the other, and look at all promises after each that was not refused."""
    place = folder / "home"
    place.mkdir()
    home = make_home(place, seed)
    for number, (name, choice) in enumerate(walk):
        if not happen(home, name, choice):
            assert find_broken(home, folder / "copy") == [], (seed, walk[: number + 1])


@pytest.mark.parametrize("seed", range(2))
def test_every_moment_is_kept(tmp_path: Path, seed: int) -> None:
    """Lists, plan, ``today`` and ``run`` agree, and what they say of each queued mail comes true."""
    walk_through(tmp_path, seed, draw_walk(Random(seed), 4))


@pytest.mark.long
@given(seed=st.integers(0, 10**6), walk=WALKS)
@examples(0.1)
def test_every_moment_is_kept_on_long_walks(seed: int, walk: Walk) -> None:
    """The same for many walks."""
    with tempfile.TemporaryDirectory() as folder:
        walk_through(Path(folder), seed, [("queue all", seed), *walk])

"""Blending with neighbours, worked by hand in two dimensions."""

import numpy as np

from dateline.index.vectors.neighbours import with_neighbours

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def rows(*values: list[float]) -> np.ndarray:
    return np.array(values, np.float32).reshape(len(values), 2)


def test_with_neighbours_three_rows_middle_has_two_neighbours() -> None:
    # Row 1: (1, 0) + ½(0, 1) = (1, ½), norm √1.25. Row 2: (0, 1) + ½(1, 0) + ½(1, 0) = (1, 1), norm √2. Row 3 as row 1.
    expected = [[1 / 1.25**0.5, 0.5 / 1.25**0.5], [1 / 2**0.5, 1 / 2**0.5], [1 / 1.25**0.5, 0.5 / 1.25**0.5]]
    np.testing.assert_allclose(with_neighbours(rows(EAST, NORTH, EAST), weight=0.5), expected, rtol=1e-6)


def test_with_neighbours_lone_row_unchanged() -> None:
    np.testing.assert_allclose(with_neighbours(rows(NORTH)), [NORTH])


def test_with_neighbours_none_none() -> None:
    assert with_neighbours(rows()).shape == (0, 2)


def test_with_neighbours_input_not_changed() -> None:
    given = rows(EAST, NORTH)
    with_neighbours(given)
    np.testing.assert_array_equal(given, [EAST, NORTH])


def test_with_neighbours_float32_stays() -> None:
    assert with_neighbours(rows(EAST, NORTH)).dtype == np.float32

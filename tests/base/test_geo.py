"""From the metres of the national grid to degrees."""

from __future__ import annotations

import pytest

from fysfinder.base.geo import haversine_km, utm32_to_wgs84


@pytest.mark.parametrize(
    ("easting_m", "northing_m", "lat", "lon"),  # by PROJ 9, EPSG:25832 → EPSG:4326
    [
        (574850, 6223100, 56.147053492, 10.204750311),
        (724500, 6175800, 55.67599552, 12.570646647),
        (875000, 6110000, 54.995186353, 14.865066041),
        (442000, 6050000, 54.594143732, 8.102330199),
        (500000, 6400000, 57.742118505, 9.0),
        (865432.1, 6125678.9, 55.142484347, 14.736349311),
    ],
)
def test_utm_zone_32_is_read_to_a_centimetre_all_over_denmark(
    easting_m: float, northing_m: float, lat: float, lon: float
) -> None:
    assert haversine_km(*utm32_to_wgs84(easting_m, northing_m), lat, lon) < 0.00001

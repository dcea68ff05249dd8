"""Distances on the sphere. WGS84 degrees in, kilometres out."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius


def haversine_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_phi = (phi2 - phi1) / 2
    half_lambda = math.radians(lon2 - lon1) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def unit_vectors(lats: npt.ArrayLike, lons: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Points as unit vectors, shape (n, 3): a dot product then orders them by distance."""
    phi = np.radians(np.asarray(lats, dtype=np.float64))
    lam = np.radians(np.asarray(lons, dtype=np.float64))
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """One point as a unit vector."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def distances_km(lat: float, lon: float, vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Great-circle distances from one point to each unit vector, shape (n,)."""
    chord = np.linalg.norm(vectors - unit_vectors([lat], [lon])[0], axis=1)
    result: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chord / 2))
    return result


# Transverse Mercator after Krüger (1912), inverse, to the fourth power of the third flattening n: well below a
# centimetre in the zone and its neighbours. ETRS89 on the GRS 80 ellipsoid; it lies within a metre of WGS84 in Denmark.
_A, _N = 6_378_137.0, (1 / 298.257222101) / (2 - 1 / 298.257222101)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64 + _N**6 / 256)
_SCALE, _FALSE_EASTING, _ZONE_32 = 0.9996, 500_000.0, 9.0
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_DELTA = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)


def utm32_to_wgs84(easting_m: float, northing_m: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point in ETRS89 / UTM zone 32 north (EPSG:25832)."""
    xi, eta = northing_m / (_SCALE * _RADIUS), (easting_m - _FALSE_EASTING) / (_SCALE * _RADIUS)
    north = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in enumerate(_BETA, start=1))
    east = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in enumerate(_BETA, start=1))
    chi = math.asin(math.sin(north) / math.cosh(east))  # the conformal latitude
    phi = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(_DELTA, start=1))
    return math.degrees(phi), _ZONE_32 + math.degrees(math.atan2(math.sinh(east), math.cos(north)))

"""What clinics charge, as columns: one number a clinic and service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Ore = npt.NDArray[np.int64]
Answers = npt.NDArray[np.int8]  # 1 yes, 0 no, UNKNOWN
UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class PriceColumns:
    """What of each clinic decides the price. low and high by service, in øre, UNKNOWN where it names none."""

    agreement: Answers
    vederlagsfri: Answers
    is_trial_region: npt.NDArray[np.bool_]
    municipality: Ints  # the code as a number
    low: Mapping[str, Ints]
    high: Mapping[str, Ints]

    def own(self, service: str) -> tuple[Ore, Ore]:
        """The clinic's own prices of a service; all unknown for one that nobody prices."""
        nothing = np.full(len(self.agreement), UNKNOWN, dtype=np.int32)
        return self.low.get(service, nothing).astype(np.int64), self.high.get(service, nothing).astype(np.int64)


def no_prices(size: int) -> PriceColumns:
    """Columns of a directory that nothing is known of."""
    unknown = np.full(size, UNKNOWN, dtype=np.int8)
    return PriceColumns(unknown, unknown, unknown == 1, np.zeros(size, dtype=np.int32), {}, {})

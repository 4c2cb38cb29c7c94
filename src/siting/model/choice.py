"""What a plan does at the sites."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Choice:
    """What a plan does at the sites.

    Attributes
    ----------
    is_open
        Sites x years: open in that year, existing or new.
    classes
        Sites x kinds x years: classes in that year, today's and added.
    guides
        ``site, medical, year`` by position: who guides whom, where a target asks for it.
    """

    is_open: np.ndarray
    classes: np.ndarray
    guides: pd.DataFrame

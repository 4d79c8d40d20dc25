"""The kinds of array that the engine works with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Indices = NDArray[np.intp]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.int8]
Objects = NDArray[np.object_]
Texts = NDArray[np.str_]
Numbers = Floats | Integers

__all__ = ["Bools", "Bytes", "Floats", "Indices", "Integers", "Numbers", "Objects", "Texts"]

"""An independent reference: small, slow, and plain, from dictionaries and Fractions alone.

It shares no code with the engines or the questions: it knows the nodes of rules by their names
and attributes, and plain facts. What it says of a generated world is what must be answered.
"""

from reference.evaluation import Answer, Reference, Refused

__all__ = ["Answer", "Reference", "Refused"]

"""Cases: several papers of one journey, one true story, and what does not fit together. The Burmese is a draft.

A story is a set of facts; each statement of each paper says which fact it states. A contradiction is one statement that states another
value than the story's; an innocent difference states the same value in other words. Two statements contradict each other exactly
when they state one fact with different values, or break a rule between two facts (`papers.RULES`).
"""

from specimens.cases.judging import Case, Judged, case, judge

__all__ = ["Case", "Judged", "case", "judge"]

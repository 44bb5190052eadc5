"""News from the assessments, for the apps on the left."""

from django.dispatch import Signal

# Asks who may sit a quiz: person, quiz. A receiver that knows answers with a `Sitting`, the others with None.
sitting_asked = Signal()
# Inside the transaction that grades: attempt, grade.
attempt_graded = Signal()

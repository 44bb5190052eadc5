"""News from the assessments, for the apps on the left."""

from django.dispatch import Signal

# Asks who may sit a quiz: person, quiz. A receiver that knows answers with a `Sitting`, the others with None.
sitting_asked = Signal()
# Asks which exams and tests a person has before them: person. A receiver answers [(quiz with its sections, scope), …].
sittings_ahead_asked = Signal()
# Inside the transaction that grades: attempt, grade.
attempt_graded = Signal()
# Inside the transaction that changes a grade: attempt, before and grade (both GradeRecord).
grade_changed = Signal()
# Asks what rests on the grades of attempts: attempts. A receiver answers {public id of an attempt: [serial, …]}.
certificates_asked = Signal()
# Asks what quizzes may belong to: language. A receiver answers {subject key: title}.
subjects_asked = Signal()

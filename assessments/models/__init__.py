"""The item bank, quizzes, and what happened in each sitting."""

from assessments.models.allowances import Allowance
from assessments.models.attempts import Attempt, AttemptStep
from assessments.models.blueprints import BlueprintLine
from assessments.models.cards import RefresherCard, RefresherReview
from assessments.models.demonstrations import Demonstration
from assessments.models.examination import ExaminationBlock, ExaminationTrial, FoundDifficulty, TrialAnswer
from assessments.models.grades import GradeDecision, GradeProposal, GradeRecord, Regrade
from assessments.models.imports import ItemImport
from assessments.models.items import Item
from assessments.models.marks import AnswerPicture, AnswerToMark, Mark
from assessments.models.quizzes import Quiz, QuizSection
from assessments.models.rooms import DealtForm, ExamRoom, ExamTicket, PrintedForm
from assessments.models.versions import ItemVersion

__all__ = [
    "Allowance",
    "AnswerPicture",
    "AnswerToMark",
    "Attempt",
    "AttemptStep",
    "BlueprintLine",
    "DealtForm",
    "Demonstration",
    "ExamRoom",
    "ExamTicket",
    "ExaminationBlock",
    "ExaminationTrial",
    "FoundDifficulty",
    "GradeDecision",
    "GradeProposal",
    "GradeRecord",
    "Item",
    "ItemImport",
    "ItemVersion",
    "Mark",
    "PrintedForm",
    "Quiz",
    "QuizSection",
    "RefresherCard",
    "RefresherReview",
    "Regrade",
    "TrialAnswer",
]

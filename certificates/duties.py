"""What certificates do once a day."""

from datetime import datetime

from certificates.issuing import issue_due, sign_lacking
from certificates.life import remind
from certificates.rules import keep_rules
from core.duties import duty


@duty("certificates")
def make_up(at: datetime) -> str:
    """Issues what was earned and is missing, after a task or a server died."""
    keep_rules()
    return f"{issue_due(at=at)} issued, {sign_lacking(at=at)} signed anew"


@duty("reminders")
def remind_holders(at: datetime) -> str:
    """Tells holders that a certificate ends."""
    return f"{remind(at=at)} reminded"

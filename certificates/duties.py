"""What certificates do once a day."""

from datetime import datetime

from certificates.services import issue_due
from core.duties import duty


@duty("certificates")
def make_up(at: datetime) -> str:
    """Issues what was earned and is missing, after a task or a server died."""
    return f"{issue_due(at=at)} issued"

"""What is refused around backups, worded for whoever runs the server."""

from core.errors import DomainError


class BackupError(DomainError):
    """A backup that is not made, or not put back. Nothing was changed."""


class NoRecipient(BackupError):
    """No public key."""

    code = "backup_no_recipient"
    message = (
        "There is no key to encrypt the backup to, or it is none. Nothing was written. "
        "Make one with age-keygen, keep the private key off this server, and give the public one (age1…) as BACKUP_RECIPIENT."
    )


class BackupToolMissing(BackupError):
    """PostgreSQL's own tools."""

    code = "backup_tool_missing"
    message = "%(tool)s is not installed on this machine. Nothing was changed. Install PostgreSQL's client programs."


class BackupToolFailed(BackupError):
    """PostgreSQL's client program refused: another version, no right, no connection."""

    code = "backup_tool_failed"
    message = "%(tool)s failed: %(said)s. Nothing was changed. Its version has to be that of the server, and DATABASE_URL has to name somebody who may do this."


class BackupNewer(BackupError):
    """Made by a later version of the product."""

    code = "backup_newer"
    message = "This archive was made by a later version of the product. Nothing was changed. Install that version, then restore."


class BackupThere(BackupError):
    """A file of that name."""

    code = "backup_there"
    message = "%(file)s is there already. Nothing was written and the file is kept. Give the archive another name, or move the file away."


class BackupUnreadable(BackupError):
    """No such file."""

    code = "backup_unreadable"
    message = "This archive cannot be read. Nothing was changed. Check its name and who may read it."


class BackupLocked(BackupError):
    """Another key."""

    code = "backup_locked"
    message = (
        "This key does not open the archive. Nothing was changed. Use the private key that belongs to its recipient."
    )


class BackupDamaged(BackupError):
    """Not what was written."""

    code = "backup_damaged"
    message = (
        "This archive is damaged or was changed: it is not what was written. Nothing was changed here. "
        "Use another copy, or the backup of another day."
    )


class BackupOfAnother(BackupError):
    """Of the other kind of database."""

    code = "backup_of_another"
    message = (
        "This archive holds a database of %(database)s. Nothing was changed. Set DATABASE_URL to one of that kind."
    )


class TargetNotEmpty(BackupError):
    """There are people or files."""

    code = "backup_target_not_empty"
    message = (
        "There are people or files here already. Nothing was changed. "
        "To put the archive in their place, stop the server and say --yes; what is here is moved aside."
    )

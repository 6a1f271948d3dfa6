"""The columns of text that no line is written into, and why: `Model.column`, `Model.*`, or the name of a column."""

from typing import Final

DIGEST: Final = "a digest, computed here"
CODE: Final = "a code of our own, which decides what is done"
PARSED: Final = "only what a parser of ours let through"
PROGRAMS: Final = "read by programs only, never shown"
OURS: Final = "made by ourselves and shown on no page"

SPARED: Final[dict[str, str]] = {
    **dict.fromkeys(("sha256", "snapshot_sha256", "text_sha256", "warc_sha256", "certificate_sha256"), DIGEST),
    **dict.fromkeys(("digest", "fingerprint"), DIGEST),
    **dict.fromkeys(("ReviewEvent.*", "LogStep.*", "Work.kind", "held_from", "approval_hat"), CODE),
    **dict.fromkeys(("Verdict.claim_kind", "Notification.kind", "NotificationChoice.kind", "Notification.mail"), CODE),
    **dict.fromkeys(("Source.connector", "Source.catalogue", "SearchRun.step", "text_normaliser"), CODE),
    **dict.fromkeys(("published_origin", "date_origin", "extracted_by", "Suggestion.version"), CODE),
    **dict.fromkeys(
        (
            "Claim.asserts",
            "Claim.features",
            "Weighing.features",
            "Candidate.also_at",
            "SearchRun.versions",
            "Judgment.answers",
            "Profile.queue_columns",
        ),
        CODE,
    ),
    **dict.fromkeys(
        ("SavedView.columns", "Profile.languages", "Invitation.roles", "Webhook.events", "ApiToken.scopes"), CODE
    ),
    **dict.fromkeys(("zone", "HostLane.host", "EmbedSite.origin"), PARSED),
    **dict.fromkeys(("Posting.*", "CasePosting.*", "EarlierPosting.*"), PROGRAMS),
    **dict.fromkeys(("LogKey.*", "Checkpoint.*"), "signed by the desk: a note that was changed is no note"),
    **dict.fromkeys(("Permission.*", "LogEntry.object_id", "User.password", "SubmissionKey.key"), OURS),
    "KeyedRequest.key": PROGRAMS,
    **dict.fromkeys(("Webhook.secret", "Webhook.previous_secret"), "encrypted"),
    "Group.name": "a role is known by its name; a group of one's own is poisoned besides",
}

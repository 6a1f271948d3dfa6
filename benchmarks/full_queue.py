"""A desk with very many queued cases and very many checkers, for measuring what they do at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

AT_ONCE = 10_000
OUTLETS, SPEAKERS, TOPICS = 50, 200, 20
# Ten claims stand in each article; one article in five is in another language than most checkers read.
ARTICLES = """
WITH made AS (
  INSERT INTO claims_snapshot (public, origin, outcome, redirects, headers, size, sha256)
  SELECT gen_random_uuid(), 'uploaded', 'OK', '[]', '[]', 1, encode(sha256(n::text::bytea), 'hex')
  FROM generate_series(%(known)s + 1, %(known)s + %(articles)s) AS n RETURNING id, sha256
)
INSERT INTO claims_article (public, snapshot_id, outlet_id, language, text, text_sha256)
SELECT gen_random_uuid(), id, (SELECT min(id) FROM claims_outlet) + id %% %(outlets)s,
  CASE WHEN id %% 5 = 0 THEN 'pt-BR' ELSE 'en' END, sha256, sha256
FROM made
"""
# One case in four hundred has a deadline, half of those within a day.
CASES = """
WITH article AS (
  SELECT article.id, article.language, snapshot.id AS snapshot, snapshot.sha256
  FROM claims_article AS article JOIN claims_snapshot AS snapshot ON snapshot.id = article.snapshot_id
),
claim AS (
  INSERT INTO claims_claim (public, kind, text, speaker_id, quotations, quantities, score, reasons)
  SELECT gen_random_uuid(), 'statement', 'The harbour board said that ship ' || n || ' had called in spring.',
    (SELECT min(id) FROM claims_speaker) + n %% %(speakers)s, '[]', '[]', 0.5, '[]'
  FROM generate_series(%(first)s, %(last)s) AS n RETURNING id, text
),
placed AS (
  SELECT claim.id, text, article.id AS article, language, snapshot, sha256, claim.id %% 10 AS place
  FROM claim JOIN article ON article.id = (SELECT min(id) FROM article) + claim.id %% %(articles)s
),
appearance AS (
  INSERT INTO claims_appearance (
    claim_id, article_id, snapshot_id, snapshot_sha256, exact, prefix, suffix, start, "end"
  )
  SELECT id, article, snapshot, sha256, text, '', '', id, id + 1 FROM placed
)
INSERT INTO verification_review (
  public, claim_id, state, cycle, revision, wording, priority, priority_reasons, selection_reason, held_from,
  second_check, change, change_reason, language, deadline
)
SELECT gen_random_uuid(), id, 'triage', 1, 0, text, random(), '[]', '', '', false, 'initial', '', language,
  CASE WHEN id %% 400 = 0 THEN now() + random() * interval '2 days' END
FROM placed
"""
ACCEPTED = """
UPDATE verification_review SET state = 'queued', revision = 1 WHERE id > %(after)s
"""
LOG = """
WITH salted AS MATERIALIZED (
  SELECT review.id, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS salt,
    CASE %(verb)s WHEN 'opened' THEN '{"claim":"' || claim.public || '"}' ELSE '{}' END AS body
  FROM verification_review AS review JOIN claims_claim AS claim ON claim.id = claim_id WHERE review.id > %(after)s
),
logged AS (
  INSERT INTO verification_reviewevent (
    public, review_id, seq, cycle, actor, verb, from_state, to_state, payload_hash, prev_hash, hash
  )
  SELECT gen_random_uuid(), id, 0, 1, 'service:bench', %(verb)s, %(from)s, %(to)s,
    sha256(salt || convert_to(body, 'UTF8')), '', ''
  FROM salted RETURNING id, review_id
)
INSERT INTO verification_eventpayload (event_id, salt, body)
SELECT logged.id, salt, body FROM logged JOIN salted ON salted.id = review_id
"""
TOPICS_OF = """
INSERT INTO verification_review_topics (review_id, topic_id)
SELECT id, (SELECT min(id) FROM verification_topic) + id %% %(topics)s FROM verification_review WHERE id %% 4 = 0
ON CONFLICT DO NOTHING
"""
SEALED = "DELETE FROM verification_unsealedevent"


def fill(cases: int) -> None:
    """Queue so many more cases, each by way of triage with its log, under the database's own rules."""
    from django.db import connection, transaction  # noqa: PLC0415 (Django is set up by now)
    from django.db.models import Max  # noqa: PLC0415

    from claims.models import Article, Outlet, Speaker  # noqa: PLC0415
    from config.database import as_owner  # noqa: PLC0415
    from verification.models import Review, Topic  # noqa: PLC0415

    if not Outlet.objects.exists():
        Outlet.objects.bulk_create(Outlet(name=f"Gazette {number}") for number in range(OUTLETS))
        Speaker.objects.bulk_create(Speaker(name=f"Warden {number}") for number in range(SPEAKERS))
        Topic.objects.bulk_create(Topic(name=f"Harbour {number}") for number in range(TOPICS))
    values: dict[str, int | str] = {"outlets": OUTLETS, "speakers": SPEAKERS, "topics": TOPICS}
    values |= {"articles": max(1, cases // 10), "known": Article.objects.count()}
    with connection.cursor() as cursor:
        cursor.execute(ARTICLES, values)
        for first in range(1, cases + 1, AT_ONCE):
            after = Review.objects.aggregate(Max("pk"))["pk__max"] or 0
            values |= {"first": first, "last": min(first + AT_ONCE - 1, cases), "after": after}
            with transaction.atomic():
                cursor.execute(CASES, values)
                cursor.execute(LOG, values | {"verb": "opened", "from": "", "to": "triage"})
                cursor.execute(ACCEPTED, values)
                cursor.execute(LOG, values | {"verb": "accept", "from": "triage", "to": "queued"})
        cursor.execute(TOPICS_OF, values)
        cursor.execute(SEALED)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def checkers(number: int) -> Sequence["User"]:
    """Make so many checkers: half read English only, a quarter have topics, an eighth conflicts of interest.

    Nobody has a limit: who takes and never judges would soon reach it.
    """
    from django.contrib.auth.models import Group, User  # noqa: PLC0415 (Django is set up by now)

    from claims.models import Outlet, Speaker  # noqa: PLC0415
    from verification.models import Conflict, Profile, Topic  # noqa: PLC0415

    made = User.objects.bulk_create(User(username=f"checker-{place}", is_staff=True) for place in range(number))
    Group.objects.get(name="checker").user_set.add(*made)
    topics, speakers, outlets = Topic.objects.all(), Speaker.objects.all(), Outlet.objects.all()
    for place, person in enumerate(made):
        profile = Profile.objects.create(person=person, languages=["en"] if place % 2 else [])
        if place % 4 == 0:
            profile.topics.add(topics[place % TOPICS], topics[(place + 1) % TOPICS])
        if place % 8 == 1:
            Conflict.objects.create(person=person, speaker=speakers[place], reason="A relative.")
            Conflict.objects.create(person=person, outlet=outlets[place % OUTLETS], reason="Wrote for it.")
    return made

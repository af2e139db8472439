"""Sentences for the person who runs the program: what went wrong, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bots.evaluating import Mark, Score, Share
    from directory.feeds.outcome import Example, Outcome

SHOWN: Final = 5
"""How many lines, and how many fields, a report names."""


STORE: Final = {
    "bad_url": "DATABASE_URL is not one I can use. Try sqlite:///nearby.db or postgresql://host/database.",
    "no_such_folder": "There is no folder {detail}. Make it, or change DATABASE_URL.",
    "not_a_file": "{detail} is not a database of mine. Move it away, or change DATABASE_URL.",
    "no_permission": "I may not open {detail}. Check who owns it.",
    "no_server": "PostgreSQL does not answer. Check that it runs and that DATABASE_URL is right.",
    "no_extension": "PostgreSQL lacks {detail}. As its administrator run: CREATE EXTENSION {detail};",
    "older": "This store was made by an older Nearby. Run: nearby db upgrade",
    "newer": "This store was made by a newer Nearby than this one. Update the program.",
    "stale": "The search tables are from another version. Run: nearby db upgrade",
}
"""Why the store can't be used."""

KEYS: Final = {
    "keys_needed": "With PostgreSQL, set {detail}: two long random texts (see .env.example).",
    "key_too_short": "{detail} is too short. Use 32 characters or more, all of them random.",
    "keys_unreadable": "I can't use {detail}, where the keys are kept. Put it back from your backup.",
}
"""Why the secrets can't be used."""

SOURCE: Final = {
    "asked_to_wait": "{detail} asks me to come back later. Import it again then: it goes on from there.",
    "bad_address": "{detail} is not a web address I can use.",
    "bomb": "{detail} unpacks to far more than it should. I stopped.",
    "broken_description": "The datapackage.json of {detail} can't be read.",
    "broken_gzip": "The packed file is broken. I took what came before: {detail}",
    "broken_table": "A table of the package is broken: {detail}",
    "broken_zip": "{detail} is not a zip file that I can open.",
    "busy": "{detail} is being imported already. Wait for that to end.",
    "cut_short": "The file ends in the middle: {detail}",
    "duplicate_member": "Two files of the package have one name: {detail}",
    "empty": "There are no records in {detail}.",
    "encrypted": "{detail} is locked with a password.",
    "failing": "The server keeps failing: {detail}",
    "fewer_than_said": "The server says that it has more services than it shows. Nothing is withdrawn.",
    "forbidden": "{detail} does not let me in.",
    "gave_up": "Too many pages failed. Import it again later: it goes on from there.",
    "missing_table": "A table is missing, so I can't tell which services are where: {detail}",
    "moved_while_read": "The list changed while I read it. Nothing is withdrawn.",
    "no_list": "There is no list of services in {detail}.",
    "no_room": "There is no room on the disk to read {detail}.",
    "no_services": "{detail} has no table of services.",
    "not_an_api": "{detail} answers, but not as an ORUK API does.",
    "not_csv": "Part of a table can't be read: {detail}",
    "not_found": "There is nothing at {detail}.",
    "not_http": "{detail} is not an http or https address.",
    "not_json": "{detail} is not JSON.",
    "not_utf8": "Some text is not UTF-8: {detail}",
    "orphan_rows": "Some rows belong to no service: {detail}",
    "path_leads_out": "The package names a file outside itself. I left it out: {detail}",
    "private_address": "{detail} is on a private network. Set FEEDS_ALLOW_PRIVATE=true if you mean it.",
    "refused": "{detail} said no.",
    "repeated_page": "The server gave the same page again. I stopped there: {detail}",
    "table_not_read": "A table was left out: {detail}",
    "too_large": "{detail} is larger than I take.",
    "too_many_pages": "The list does not end. I stopped: {detail}",
    "too_many_redirects": "{detail} sends me on and on. I stopped.",
    "too_slow": "{detail} is too slow to answer.",
    "unknown_encoding": "Some text is not UTF-8. I read it as Windows text: {detail}",
    "unknown_format": "{detail} is not a form I know. I read ORUK APIs, JSON and HSDS tables.",
    "unlinked_rows": "Some rows could not be joined to a service: {detail}",
    "unreachable": "{detail} does not answer.",
    "unreadable_file": "I can't open {detail}.",
    "unreadable_lines": "{detail} lines could not be read, and may hide services. So I took none out.",
    "user_in_address": "Leave the name and password out of the address: {detail}",
}
"""Why a feed, or a part of it, can't be read."""

REASONS: Final = {
    "ages_crossed": "the lower age is above the upper",
    "bad_id": "an id that can't be used",
    "coordinates_swapped": "latitude and longitude are swapped",
    "coordinates_zero": "latitude and longitude are zero",
    "duplicate_key": "the same key stands twice in one object",
    "email_with_name": "a name around an e-mail address (the address is used)",
    "half_a_point": "latitude or longitude is missing",
    "ids_disagree": "an id names another place than where it stands",
    "lone_surrogate": "holds half a letter (a lone surrogate)",
    "missing": "missing",
    "more_findings": "and more",
    "no_id": "has no id",
    "no_id_or_name": "has neither id nor name",
    "no_name": "has no name",
    "not_a_boolean": "not yes or no",
    "not_a_count": "not a whole number",
    "not_a_date": "not a date",
    "not_a_language_code": "not a language code",
    "not_a_latitude": "not a latitude",
    "not_a_longitude": "not a longitude",
    "not_a_number": "not a number",
    "not_a_phone_number": "not a phone number",
    "not_a_time": "not a time of day",
    "not_a_web_address": "not a web address",
    "not_an_age": "not an age",
    "not_an_amount": "not an amount",
    "not_an_email": "not an e-mail address",
    "not_an_object": "not an object",
    "not_csv": "not a row of the table",
    "not_days": "not days of the week",
    "not_found": "the list names it, but it is not there",
    "not_json": "not JSON",
    "not_text": "not text",
    "not_utf8": "not UTF-8 text",
    "ragged_row": "more cells than columns",
    "repeated_id": "repeats an id",
    "too_deep": "nested too deep",
    "too_large": "too large",
    "too_long": "too long (the beginning is used)",
    "too_many_parts": "has too many parts",
    "unknown_frequency": "not weekly or monthly",
    "unknown_status": "a status I do not know (it is not offered)",
    "unreachable": "could not be fetched",
    "wrong_id": "another record came than was asked for",
}
"""What is wrong with a record or a field, to stand behind its place."""

STATES: Final = {
    "done": "done",
    "incomplete": "read in part; nothing was withdrawn",
    "not_modified": "nothing has changed since last time",
    "refused": "refused: the feed shrank by more than a third. Look at it, then add --force",
    "unreadable": "could not be read",
}
"""How an import ended."""

EMPTY_STORE: Final = (
    "The directory is empty. Put a feed in with: nearby import SOURCE. Or try the examples with: nearby chat"
)


def say(sentences: dict[str, str], code: str, detail: str = "") -> str:
    """The sentence for a code; an unknown code is shown as it is, in words."""
    return sentences.get(code, code.replace("_", " ") + (" ({detail})" if detail else "")).format(
        detail=detail
    )


FILLING: Final = "The directory is empty: I put in a few example records. They are made up."
NO_FEEDS: Final = "There are no feeds yet. Put one in with: nearby import SOURCE"
NO_QUARANTINE: Final = "Nothing is in quarantine."


TELEGRAM: Final = {
    "failing": "Telegram answers with an error ({detail}). Try again in a while.",
    "inline_off": "Telegram: @-questions in any chat are off. Send /setinline to @BotFather to allow them.",
    "polled": "Telegram: updates are fetched by nearby serve; no public address is needed.",
    "token_good": "Telegram knows the bot: https://t.me/{detail}",
    "token_refused": "Telegram does not know TELEGRAM_BOT_TOKEN ({detail}). Ask @BotFather for a new one.",
    "unreachable": "Telegram can't be reached. Check the network, a proxy, and TELEGRAM_API_URL.",
    "webhook_elsewhere": "Telegram sends updates to {detail}. Starting nearby serve changes that.",
    "webhook_failing": "Telegram can't reach us: {detail}. Check PUBLIC_URL, the proxy and the certificate.",
    "webhook_good": "Telegram sends updates to {detail}",
    "webhook_in_the_way": "Telegram sends updates to {detail}. Start nearby serve: it then fetches them.",
    "webhook_unset": "Telegram does not know yet where to send updates. Start nearby serve: it says so.",
}
"""How it is with the bot."""

USAGE: Final = {
    "bad_archive": "{detail} is not a zip file that I can open.",
    "not_found": "There is nothing at {detail}.",
    "too_large": "{detail} is larger than I take.",
    "bad_now": "{detail} is not a time I can read. Write it like 2026-11-21T10:30.",
    "cannot_read": "I can't read {detail}.",
    "cannot_write": "I can't write to {detail}.",
    "retry_what": "Say which messages to send again, by id, or --dead for all that were given up.",
    "bad_cadence": "{detail} is not a cadence. Use daily, weekly or never.",
    "bad_host": "{detail} is not an address of this machine. Try --host 127.0.0.1.",
    "port_taken": "I can't listen on {detail}. Something else does. Add --port 8001, or another number.",
    "unknown_role": "{detail} is not a role. There are web, channels, delivery and scheduler.",
    "not_recognised": "{detail} is not a table I know. I read Code-Point Open, ONSPD and OS Open Names.",
}
"""What is wrong with an argument."""

TABLES: Final = {"code-point-open": "Code-Point Open", "onspd": "ONSPD", "os-open-names": "OS Open Names"}
SKIPPED: Final = {
    "no_name": "no name",
    "no_position": "no position",
    "not_a_place_people_name": "not a town, a street or a station",
    "not_a_postcode": "not a postcode",
    "postcode": "postcodes, which are here already",
    "table_not_recognised": "a table I do not know",
    "wrong_number_of_fields": "too few or too many columns",
}
"""Why a row of a table of places was left out."""


def serving(url: str, *, chat: bool) -> str:
    """Where it is reached, and how it is stopped."""
    where = f"The chat is at {url}" if chat else f"Its health is at {url}/healthz"
    return f"{where}\nStop it with Ctrl-C."


BAD_SETTING: Final = "I can't use what {names} is set to. See .env.example for what each setting takes."
UPGRADED: Final = "The store is at version {head}."
STORE_GOOD: Final = "The store is there and of this version ({dialect})."
DIALECTS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PLACES_GOOD: Final = "Every postcode of Great Britain can be found, with no network."
LINES_GOOD: Final = "The crisis lines are to be looked at again by {due}."
LINES_DUE: Final = "The crisis lines had to be looked at by {due}. See bots/conversation/data/crisis.toml."
KEYS_GOOD: Final = "The keys are there. What people write is sealed while it waits."
CLOCK_GOOD: Final = "The clock goes right."
CLOCK_OFF: Final = (
    "The clock is {seconds:,} seconds off that of the database. Set both by the same time server."
)
CLOCK_BEHIND: Final = "The clock is {seconds:,} seconds behind what stands in the store. Set it right."
LEASES_GOOD: Final = "Nobody left work lying that one process alone may do."
LEASE_LOST: Final = (
    "Nobody does {name} since {when:%d %b %H:%M}. Is nearby serve running, with the right roles?"
)
WAITING_GOOD: Final = "Nobody waits for an answer."
WAITING: Final = (
    "{count:,} messages wait for an answer for over a minute. Start: nearby serve --roles channels"
)
DEAD_GOOD: Final = "Every answer that could be sent was sent."
DEAD: Final = "{count:,} answers could not be sent. See: nearby outbox"
PUBLIC_GOOD: Final = "People reach this at {url}"
LOCAL: Final = "PUBLIC_URL is not set: only this machine reaches the chat. Set it to let people in."
PROXIES_UNSET: Final = (
    "TRUSTED_PROXIES is not set: behind a proxy all visitors count as one. Name the proxy there."
)
PLACES_BAD: Final = "The postcode table is missing. Install Nearby again."


def records(services: int) -> str:
    """How many services can be found."""
    return f"{services:,} services can be found."


def exported(count: int, out: str) -> str:
    """How many services were written, and where."""
    return f"{count:,} services written to {out}."


def loaded(kind: str, taken: int, problems: Mapping[str, int]) -> str:
    """What `nearby places load` took in, and what it left out and why."""
    left = [
        f"  {count:,} left out: {SKIPPED.get(code, code.replace('_', ' '))}"
        for code, count in problems.items()
    ]
    return "\n".join([f"{taken:,} rows of {TABLES.get(kind, kind)} loaded.", *left])


def imported(source: str, outcome: Outcome) -> list[str]:
    """The report of one import, a line each: counts first, then what was wrong and where."""
    lines = [f"{source}: {STATES.get(outcome.state, outcome.state)}"]
    if outcome.state == "refused":
        lines.append(f"  of {outcome.held:,} services it holds, {outcome.missing:,} would go")
    if outcome.state != "unreadable":
        names = ("taken", "unchanged", "changed", "withdrawn", "quarantined")
        lines += [f"  {name:<12}{getattr(outcome, name):>9,}" for name in names]
    lines += [
        f"  {say(SOURCE, problem.code, problem.detail or problem.where)}" for problem in outcome.problems
    ]
    lines += _part("Not taken (nearby quarantine shows all):", outcome.reasons, outcome.examples)
    lines += _part("Left out of the search, kept as it came:", outcome.findings, outcome.finding_examples)
    return lines


def _part(title: str, counts: Mapping[str, int], examples: Sequence[Example]) -> list[str]:
    if not counts:
        return []
    lines = [f"  {title}"]
    lines += [
        f"    {count:,} x {REASONS.get(code, code.replace('_', ' '))}" for code, count in counts.items()
    ]
    return lines + [f"      {_where(example)}" for example in examples[:SHOWN]]


def _where(example: Example) -> str:
    parts = (example.position, example.service_id or "", example.pointer, example.value[:60])
    return "  ".join(part for part in parts if part)


def feed_line(row: Mapping[str, Any]) -> str:
    """One feed: id, source, how it went last, when, and how often it is read."""
    state = STATES.get(row["state"], row["state"]) or "never read"
    when = f"{row['when']:%d %b %Y %H:%M}" if row["when"] else ""
    reason = say(SOURCE, row["reason"], row["source"]) if row["reason"] else ""
    parts = (str(row["id"]), row["source"], row["publisher"] or "", state, reason, when, row["cadence"])
    return "  ".join(part for part in parts if part)


def quarantine_line(row: Mapping[str, Any]) -> str:
    """One record that could not be taken: id, where it stood, why, and since when."""
    reason = REASONS.get(row["reason"], row["reason"].replace("_", " "))
    parts = (str(row["id"]), row["source"], row["position"], row["service_id"] or "", reason, row["pointer"])
    return "  ".join(part for part in parts if part) + f"  {row['when']:%d %b %Y}"


NOTICE_STATES: Final = {
    "queued": "waits",
    "sending": "being sent",
    "temporary": "waits to be tried again",
    "sent": "sent",
    "permanent": "could not be sent",
    "unknown": "may have arrived, nobody knows",
    "suppressed": "not sent: the person had stopped messages",
    "cancelled": "not sent: not wanted any more",
}
NOTICE_REASONS: Final = {
    "access_revoked": "the platform does not let us send: check the token",
    "asked_to_wait": "the platform asked to wait",
    "failing": "the platform did not take it",
    "forgotten": "the person wanted to be forgotten",
    "gave_up": "tried often enough",
    "no_answer": "no answer came",
    "room_gone": "nobody is there any more",
    "sealed_otherwise": "sealed with a key that is not held any more",
    "stopped": "the person had stopped messages",
    "too_old": "older than a day",
}
"""Why a message fares as it does; other reasons are the platform's own."""
NO_NOTICES: Final = "No messages wait, and none was sent yet."
NOT_RETRIED: Final = (
    "Message {id} can't be sent again: there is none, it is not dead, or its words are erased."
)


def notice_line(row: Mapping[str, Any]) -> str:
    """One message: id, channel, how it fares and why, when."""
    state = NOTICE_STATES.get(row["state"], row["state"])
    reason = NOTICE_REASONS.get(row["reason"], row["reason"]) if row["reason"] else ""
    parts = (str(row["id"]), row["source"], state, reason, f"{row['when']:%d %b %Y %H:%M}")
    return "  ".join(part for part in parts if part)


def notice_counts(counts: Mapping[tuple[str, str], int]) -> str:
    """How many messages fare how, a line a channel and state."""
    lines = [
        f"{count:>9,}  {channel}: {NOTICE_STATES.get(state, state)}"
        for (channel, state), count in sorted(counts.items())
    ]
    return "\n".join(lines) or NO_NOTICES


def retried(count: int) -> str:
    """How many messages were queued again."""
    return f"{count:,} {'message waits' if count == 1 else 'messages wait'} to be sent again."


QUESTION: Final = {
    "not_json": "it is not JSON",
    "not_an_object": 'it is not an object; write {"id": "1", "turns": ["..."], "right": ["..."]}',
    "no_turns": "it has no turns; write what a person would type, as a list",
    "not_a_list": "{field} is not a list of words",
    "bad_now": "now is not a moment; write it like 2026-11-28T10:00",
}
"""Why a line of questions can't be asked."""


def unread_question(number: int, code: str, field: str) -> str:
    """One line of a file of questions that was left out."""
    return f"Line {number} was left out: {QUESTION.get(code, code).replace('{field}', field)}."


def failed_question(mark: Mark) -> list[str]:
    """One question that was not answered well: what was asked, what came, what was wanted."""
    question = mark.question
    lines = [f"{question.id}: {' / '.join(question.turns)}"]
    lines += [f"  got      {mark.kind}: {'; '.join(mark.shown) or 'nothing'}"]
    if mark.kind_right is False:
        lines.append(f"  kind     should be {' or '.join(question.kind)}")
    if mark.found is False:
        lines.append(f"  right    {'; '.join(question.right)}")
    elif mark.first is False:
        lines.append(f"  first    {'; '.join(question.first or question.right)}")
    if mark.forbidden:
        lines.append(f"  never    {'; '.join(mark.forbidden)}")
    return lines


def scores(found: Mapping[str, Score]) -> list[str]:
    """The figures, a line a tag, all questions first."""
    heads = ("asked", "in first 3", "first", "kind", "crises met", "never", "false crises")
    lines = [f"{'':<14}" + "".join(f"{head:>15}" for head in heads)]
    for tag, score in found.items():
        shares = (score.found, score.first, score.kind, score.crisis)
        parts = (str(score.asked), *map(_share, shares), str(score.forbidden), str(score.false_crises))
        lines.append(f"{tag:<14}" + "".join(f"{part:>15}" for part in parts))
    return lines


def _share(share: Share) -> str:
    return f"{share.good}/{share.of} {100 * share.good / share.of:.1f}%" if share.of else "-"


LEXICON_GOOD: Final = "Every term and every service of this directory is found by some everyday words."


def lexicon_report(
    services: int, without: int, terms: Sequence[tuple[str, int]], names: Sequence[str]
) -> list[str]:
    """What of the directory no phrase of the lexicon leads to: how much, which terms, which services."""
    lines = [f"{services:,} services. {without:,} that no everyday words lead to."]
    if terms:
        lines += ["Terms that no need knows (with how many services):"]
        lines += [f"  {count:>7,}  {name}" for name, count in terms]
    if names:
        lines += ["Services without a need:", *(f"  {name}" for name in names)]
    return lines if terms or names else [*lines, LEXICON_GOOD]

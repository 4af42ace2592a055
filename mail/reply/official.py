"""The rules for officials' prose: cues with the clause's tense add up to a score for each status."""

from __future__ import annotations

from collections import defaultdict

from engine.reading import Status
from mail.reply.cues import Cues
from mail.reply.target import Aim

STATUSES = (
    Status.RECEIVED,
    Status.IN_PROGRESS,
    Status.DONE,
    Status.REJECTED,
    Status.FORWARDED,
    Status.NEED_INFO,
    Status.POSTPONED,
    Status.COMMENT,
)
_R, _P, _D, _X, _F, _Q, _W, _C = STATUSES

# cue, tenses ("*" all), weights; a cue counts once per sentence and tense.
WEIGHTS: tuple[tuple[str, str, dict[Status, float]], ...] = (
    ("good", "plain", {_D: 3.0}),
    ("good", "not", {_D: 1.0}),
    ("good_again", "plain", {_D: 1.5}),
    ("worked", "plain", {_D: 2.2, _P: 0.6}),
    ("worked", "ahead", {_P: 0.8, _D: 0.6}),
    ("worked_after", "plain", {_D: 1.0}),
    ("finished_word", "plain", {_D: 2.2}),
    ("finished_word", "ahead", {_P: 1.0}),
    ("finished_word", "if", {_P: 0.6}),
    ("no_trouble", "not", {_D: 1.8}),
    ("no_trouble", "plain", {_D: 1.8}),
    ("photo", "*", {_D: 0.7}),
    ("collect", "plain", {_D: 1.0}),
    ("doing", "plain", {_P: 2.5}),
    ("doing", "ahead", {_P: 1.0}),
    ("being_looked", "plain", {_P: 1.8}),
    ("going", "plain", {_P: 2.2}),
    ("on_site", "plain", {_P: 1.6}),
    ("partly", "*", {_P: 1.2}),
    ("for_now", "*", {_P: 0.8, _W: 0.4}),
    ("to_follow", "*", {_P: 1.6, _D: -0.8}),
    ("begin", "plain", {_P: 0.7}),
    ("warned", "plain", {_P: 1.5}),
    ("not_finished", "*", {_P: 2.5, _D: -3.0}),
    ("process", "plain", {_P: 1.2}),
    ("will_work", "ahead", {_P: 0.8, _R: 0.6, _W: 0.4}),
    ("will_look", "ahead", {_R: 2.2}),
    ("will_look", "plain", {_R: 1.0}),
    ("look_first", "*", {_R: 1.4}),
    ("looked", "plain", {_P: 0.6, _D: -0.6}),
    ("got_it", "plain", {_R: 1.4}),
    ("ready", "*", {_R: 0.8}),
    ("eighty_six", "*", {_R: 0.8}),
    ("wait_time", "*", {_R: 0.8}),
    ("told_staff", "*", {_R: 1.4}),
    ("schedule_look", "*", {_R: 2.0}),
    ("wait", "*", {_W: 1.6}),
    ("wait_thing", "*", {_W: 1.4}),
    ("lacking", "*", {_W: 1.6}),
    ("budget", "*", {_W: 1.6}),
    ("tender", "*", {_W: 1.8}),
    ("next_year", "*", {_W: 1.2}),
    ("weather", "*", {_W: 0.8}),
    ("put_off", "*", {_W: 2.4}),
    ("cannot_yet", "*", {_W: 1.6, _D: -1.5}),
    ("only_then", "*", {_W: 1.2}),
    ("ask", "plain", {_Q: 1.6}),
    ("ask", "asked", {_Q: 2.4}),
    ("ask", "if", {_Q: 0.8}),
    ("ask_where", "asked", {_Q: 2.4}),
    ("ask_where", "*", {_Q: 0.5}),
    ("missing", "*", {_Q: 1.6}),
    ("refuse", "not", {_X: 2.2}),
    ("refuse", "plain", {_X: 1.4}),
    ("not_granted", "*", {_X: 2.4}),
    ("not_ours", "not", {_X: 2.0, _F: 1.0}),
    ("not_ours", "plain", {_X: 1.6, _F: 0.8}),
    ("private", "*", {_X: 1.6}),
    ("no_breach", "*", {_X: 1.2}),
    ("rule", "*", {_X: 0.8}),
    ("hand_on", "plain", {_F: 1.6}),
    ("go_to", "*", {_F: 1.0}),
    ("order", "*", {_F: 1.0}),
    ("ours", "*", {_R: 1.8, _F: -4.0, _X: -2.5}),
    ("help_anyway", "*", {_P: 2.5, _F: -3.0, _X: -2.5}),
    ("thanks", "*", {_C: 0.5}),
    ("advice", "*", {_C: 2.2}),
    ("copy_only", "*", {_C: 2.4}),
    ("same_one", "asked", {_C: 1.0}),
    ("why_me", "asked", {_C: 2.0}),
    ("why_me", "*", {_C: 0.8}),
    ("away", "*", {_C: 1.5}),
    ("ticket", "asked", {_C: 1.2}),
    ("system", "*", {_C: 0.6}),
)


def scores(cues: Cues, found: list[Aim], dated: bool) -> tuple[dict[Status, float], dict[Status, str]]:
    """The weight for each status and the phrase that gave most of it."""
    total: dict[Status, float] = defaultdict(float)
    best: dict[Status, tuple[float, str]] = {}
    table = {(name, frame): weights for name, frame, weights in WEIGHTS}
    seen: set[tuple[str, str, int]] = set()
    for cue in cues.found:
        key = (cue.name, cue.tense, cue.sentence)
        if key in seen:
            continue
        seen.add(key)
        for status, weight in (table.get(key[:2]) or table.get((cue.name, "*")) or {}).items():
            total[status] += weight
            if weight > best.get(status, (0.0, ""))[0]:
                best[status] = (weight, cue.phrase)
    if found and found[0].weight >= 2.5:
        total[_F] += 1.5 + found[0].weight
        best[_F] = (9.0, found[0].phrase)
    if dated:
        for status, weight in ((_R, 0.8), (_P, 0.8), (_W, 0.8), (_D, -2.0), (_C, -1.0), (_X, -1.0)):
            total[status] += weight
    total[_C] += 0.9
    return total, {status: phrase for status, (_, phrase) in best.items()}

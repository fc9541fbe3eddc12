#!/usr/bin/env python3
"""Builds the demo corpus for outlet comparison.

Usage:  python3 make.py [--seed N] [--out FOLDER]

Reads   pools/<event>.json  hand-written statements, narration, headlines
Writes  articles.jsonl      8 invented outlets x 120 articles
        planted.json        what was planted: outlets, copies, cuts and the
                            gold stance of every statement, for tests

Everything is invented. Three events (ceasefire proposals in three invented
conflicts) run over the same eight weeks; every outlet prints five articles
an event and week. A statement belongs to a week and may be printed from one
week before to two weeks after it. Each event and week has a few statements
"of the week" that are drawn four times as readily, so that outlets share them.

How a statement is drawn: first the actor (weight: the outlet's weight for the
actor's side), then one of that actor's statements (weight: nearness in time
x statement of the week x the outlet's weight for its stance). So a weight on
sides is pure selection and a weight on stances is pure framing. Only the
outlet that omits draws jointly: an actor whose statements it leaves out gets
less space as well.

What is planted, by outlet:
  Harbour Gazette, Northern Courier   nothing: same pool, same weights
  Volsk Herald            selection: actors of the hostile side x 3
  Plains Tribune          framing: hostile x 6, skeptical x 4
  Meridian Press          nothing: the agency
  Coast Daily             half of its articles are Meridian Press copies
  Riverside Post          cuts: the shortened form wherever there is one
  Evening Standardbearer  omission: hostile x 0.1, jointly

An article draws without replacement, and is drawn again when it holds nothing
of the week. After drawing, statements of one actor are swapped between the
articles of one outlet, event and week so that, where it can be helped, nobody
accepts and refuses in the same article; swaps leave the drawn counts as they
are. Narration is chosen so that articles that are no copies do not look like
copies.

Only the standard library; the same seed gives the same bytes.
"""

import argparse
import datetime
import json
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent
EVENTS = ("lenwa", "suredo", "verrane")
CITY = {"lenwa": "PORT SALLIS", "suredo": "BELISAR", "verrane": "HALLOVIK"}
FIRST_DAY = datetime.date(2041, 3, 4)  # a Monday
WEEKS = 8
PER_WEEK = 5  # articles an outlet, event and week: 5 x 8 x 3 = 120
NEARNESS = {-1: 0.4, 0: 1.0, 1: 0.6, 2: 0.4}  # article week minus statement week
OF_WEEK = 5  # statements of the week, an event and week
OF_WEEK_BOOST = 4.0
MOST_PER_ACTOR = 3  # statements of one actor in one article
LIKE_A_COPY, TRIES = 0.5, 40  # shared 5-shingles of the shorter article
LENGTHS = (4, 5, 5, 6, 6, 7)  # statements an article, drawn evenly
AGENCY, COPIER = "Meridian Press", "Coast Daily"

OUTLETS = {
    "Harbour Gazette": dict(country="Aldmere", planted="nothing"),
    "Northern Courier": dict(country="Hestmark", planted="nothing"),
    "Volsk Herald": dict(country="Volskia", planted="selection", hostile_side=3.0),
    "Plains Tribune": dict(
        country="Carrow", planted="framing", stance=dict(hostile=6.0, skeptical=4.0)
    ),
    AGENCY: dict(country="Carrow", planted="agency"),
    COPIER: dict(country="Aldmere", planted="copies"),
    "Riverside Post": dict(country="Volskia", planted="cuts", cut=True),
    "Evening Standardbearer": dict(
        country="Hestmark", planted="omission", stance=dict(hostile=0.1), joint=True
    ),
}

WORDS = "zero one two three four five six seven eight nine".split()

BYLINES_FIRST = (
    "By our foreign desk",
    "From our news services",
    "By Coast Daily staff and agencies",
)
BYLINES_LAST = (
    "Reporting by Meridian Press, edited by the Coast Daily.",
    "This report was supplied by a news agency.",
)


class Dice:
    """Draws built on Random.random() alone, which never changes between versions."""

    def __init__(self, *key):
        self._random = random.Random("/".join(map(str, key)))

    def below(self, n):
        return int(self._random.random() * n)

    def one(self, items):
        return items[self.below(len(items))]

    def weighted(self, items, weights):
        left = self._random.random() * sum(weights)
        for item, weight in zip(items, weights):
            left -= weight
            if left < 0:
                return item
        return [i for i, w in zip(items, weights) if w > 0][-1]

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def load_pool(event):
    pool = json.loads((HERE / "pools" / f"{event}.json").read_text(encoding="utf-8"))
    pool["actors"] = {actor["key"]: actor for actor in pool["actors"]}
    return pool


def statements_of_the_week(pool, week, seed):
    """A few statements of that week by different actors, at most two of one stance."""
    dice = Dice(seed, "of the week", pool["event"], week)
    chosen = []
    for statement in dice.shuffled(s for s in pool["statements"] if s["week"] == week):
        same = [c for c in chosen if c["stance"] == statement["stance"]]
        if len(same) < 2 and all(c["actor"] != statement["actor"] for c in chosen):
            chosen.append(statement)
        if len(chosen) == OF_WEEK:
            break
    return sorted(statement["id"] for statement in chosen)


# ---------------------------------------------------------------- drawing


class Week:
    """What one outlet may print on one event in one week, with weights."""

    def __init__(self, pool, week, outlet, of_week):
        self.of_week = set(of_week)
        self.by_actor = {key: [] for key in pool["actors"]}
        for s in pool["statements"]:
            nearness = NEARNESS.get(week - s["week"])
            if nearness:
                boost = OF_WEEK_BOOST if s["id"] in self.of_week else 1.0
                plain = nearness * boost
                weight = plain * outlet.get("stance", {}).get(s["stance"], 1.0)
                self.by_actor[s["actor"]].append((s, weight, plain))
        self.by_actor = {key: rows for key, rows in self.by_actor.items() if rows}
        self.actors = list(self.by_actor)
        self.actor_weights = [self._actor_weight(pool, outlet, a) for a in self.actors]

    def _actor_weight(self, pool, outlet, actor):
        side = pool["actors"][actor]["side"]
        weight = outlet.get("hostile_side", 1.0) if side == pool["hostile_side"] else 1.0
        if outlet.get("joint"):
            rows = self.by_actor[actor]
            weight *= sum(row[1] for row in rows) / sum(row[2] for row in rows)
        return weight

    def draw_statement(self, actor, without, dice):
        rows = [row for row in self.by_actor[actor] if row[0] not in without]
        return dice.weighted([row[0] for row in rows], [row[1] for row in rows])

    def draw_article(self, dice):
        wanted = dice.one(LENGTHS)
        while True:
            drawn = []
            while len(drawn) < wanted:
                actor = dice.weighted(self.actors, self.actor_weights)
                room = min(MOST_PER_ACTOR, len(self.by_actor[actor]))
                if sum(s["actor"] == actor for s in drawn) < room:
                    drawn.append(self.draw_statement(actor, drawn, dice))
            if any(s["id"] in self.of_week for s in drawn):
                return drawn

    def faults(self, articles):
        """How badly statements sit together: 100 for one held twice, 50 for none of the week."""
        total = 0
        for article in articles:
            total += 0 if any(s["id"] in self.of_week for s in article) else 50
            for i, a in enumerate(article):
                for b in article[:i]:
                    if a is b:
                        total += 100
                    elif a["actor"] == b["actor"]:
                        total += 2 * ({a["stance"], b["stance"]} == {"supportive", "hostile"})
        return total

    def settle(self, articles, dice):
        """Swaps statements of one actor between articles while that mends faults."""
        now = self.faults(articles)
        slots = [(i, j) for i, a in enumerate(articles) for j in range(len(a))]
        for _ in range(4000):
            if now == 0:
                break
            (i, j), (k, m) = dice.one(slots), dice.one(slots)
            if i == k or articles[i][j]["actor"] != articles[k][m]["actor"]:
                continue
            articles[i][j], articles[k][m] = articles[k][m], articles[i][j]
            then = self.faults(articles)
            if then <= now:
                now = then
            else:
                articles[i][j], articles[k][m] = articles[k][m], articles[i][j]
        return articles


# ---------------------------------------------------------------- writing


def fill_numbers(text, dice):
    """`{3-9}` becomes a number from three to nine, above 100 a round one."""

    def number(match):
        low, high = int(match[1]), int(match[2])
        value = low + dice.below(high - low + 1)
        return WORDS[value] if value < 10 else str(value - value % 10 if low >= 100 else value)

    return re.sub(r"\{(\d+)-(\d+)\}", number, text)


def name_speaker(text, actor, first):
    if first:  # a long title between quotation and verb reads badly
        text = re.sub(r'," \{who\} said\.$', '," said {who}.', text)
    before, after = text.split("{who}")
    if not first:
        return before + actor["name"].split()[-1] + after
    stop = "" if after[0] in ".,;:" else ","
    return f"{before}{actor['name']}, {actor['title']}{stop}{after}"


def apart(statements, dice):
    """An order in which, if it can be had, no actor speaks twice in a row."""
    best = None
    for _ in range(20):
        order = dice.shuffled(statements)
        clashes = sum(a["actor"] == b["actor"] for a, b in zip(order, order[1:]))
        if best is None or clashes < best[0]:
            best = (clashes, order)
        if clashes == 0:
            break
    return best[1]


def lay_out(pool, week, statements, used, dice):
    """Paragraphs in order: ("narration", text) and ("statement", statement)."""
    order = apart(statements, dice)

    def narration(role, n):
        rows = [
            row
            for row in pool["narration"]
            if row["role"] == role and row["week"] in (0, week, week - 1)
        ]
        rows = sorted(dice.shuffled(rows), key=lambda row: used.get(row["text"], 0))[:n]
        for row in rows:
            used[row["text"]] = used.get(row["text"], 0) + 1
        return [fill_numbers(row["text"], dice) for row in rows]

    lead = narration("lead", 1)[0]
    must = [i for i in range(1, len(order)) if order[i]["actor"] == order[i - 1]["actor"]]
    plan = narration("plan", 1)
    body = narration("body", max(1 + dice.below(3), len(must)))
    places = must + dice.shuffled(i for i in range(2, len(order) + 1) if i not in must)
    between = dict(zip(places, body))
    paragraphs = [("narration", lead)]
    plan_at = dice.below(2)
    for i, statement in enumerate(order):
        if i == plan_at:
            paragraphs.append(("narration", plan[0]))
        if i in between:
            paragraphs.append(("narration", between[i]))
        paragraphs.append(("statement", statement))
    if len(order) in between:
        paragraphs.append(("narration", between[len(order)]))
    return paragraphs


def write_article(name, pool, week, day, statements, used, dice):
    """The article and the gold rows of its statements."""
    outlet, paragraphs, gold, named = OUTLETS[name], [], [], set()
    for kind, item in lay_out(pool, week, statements, used, dice):
        if kind == "narration":
            paragraphs.append(item)
            continue
        actor = pool["actors"][item["actor"]]
        first = item["actor"] not in named
        named.add(item["actor"])
        full = name_speaker(item["full"], actor, first)
        is_cut = bool(outlet.get("cut") and item["cut"])
        text = name_speaker(item["cut"], actor, first) if is_cut else full
        gold.append(
            dict(
                text=text,
                stance=item["cut_stance"] if is_cut else item["stance"],
                actor=actor["name"],
                side=actor["side"],
                kind=item["kind"],
                event=pool["event"],
                week=week,
                statement=item["id"],
                form="cut" if is_cut else "full",
                full=full,
                full_stance=item["stance"],
            )
        )
        paragraphs.append(text)
    if name == AGENCY:
        place = f"{CITY[pool['event']]}, {day.strftime('%B')} {day.day} ({AGENCY}) - "
        paragraphs[0] = place + paragraphs[0]
    return dict(
        outlet=name, day=day, event=pool["event"], week=week, paragraphs=paragraphs, gold=gold
    )


def shingles(paragraphs):
    words = re.findall(r"\w+", " ".join(paragraphs).lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def write_apart(name, pool, week, day, statements, used, shelf, dice):
    """Writes until the narration keeps the article from looking like a copy of an earlier one.

    `shelf` holds the shingles of all earlier articles on the event. The statements stay as drawn.
    """
    best, rivals = None, [s for w, s in shelf[pool["event"]] if abs(w - week) <= 3]
    for _ in range(TRIES):
        now = dict(used)
        article = write_article(name, pool, week, day, statements, now, dice)
        own = shingles(article["paragraphs"])
        likeness = max(
            (len(own & other) / min(len(own), len(other)) for other in rivals),
            default=0.0,
        )
        if best is None or likeness < best[0]:
            best = (likeness, article, now, own)
        if likeness < LIKE_A_COPY:
            break
    shelf[pool["event"]].append((week, best[3]))
    return best[1], best[2]


def pick_title(pool, week, used, dice, but=None):
    """A headline that fits the week, those least used by the outlet first."""
    rows = [h["text"] for h in pool["headlines"] if h["week"] in (0, week) and h["text"] != but]
    title = min(dice.shuffled(rows), key=lambda text: used.get(text, 0))
    used[title] = used.get(title, 0) + 1
    return title


def print_outlet(name, pools, of_week, seed, sizes, shelf):
    """All articles of one outlet; `sizes` tells how many an event and week."""
    articles, titles = [], {}
    for event, pool in pools.items():
        for week in range(1, WEEKS + 1):
            dice = Dice(seed, name, event, week)
            choice = Week(pool, week, OUTLETS[name], of_week[event][week])
            used = {}
            drawn = [choice.draw_article(dice) for _ in range(sizes(week))]
            for statements in choice.settle(drawn, dice):
                day = FIRST_DAY + datetime.timedelta(7 * (week - 1) + dice.below(7))
                article, used = write_apart(name, pool, week, day, statements, used, shelf, dice)
                article["title"] = pick_title(pool, week, titles, dice)
                articles.append(article)
    return articles


# ---------------------------------------------------------------- copies


def copies_in(week):
    """Two or three of five articles are copies: 20 of 40 an event."""
    return 2 + week % 2


def copy_wire(wire, pools, seed):
    """Copies of agency articles of the same or the day before."""
    dice, chosen = Dice(seed, "copies"), []
    for event in pools:
        for week in range(1, WEEKS + 1):
            rows = [a for a in wire if a["event"] == event and a["week"] == week]
            chosen += dice.shuffled(rows)[: copies_in(week)]
    third = set(dice.shuffled(range(len(chosen)))[: len(chosen) // 3])
    retitled = set(dice.shuffled(range(len(chosen)))[: len(chosen) * 3 // 10])
    signed = set(dice.shuffled(range(len(chosen)))[: len(chosen) // 4])
    last_day = FIRST_DAY + datetime.timedelta(7 * WEEKS - 1)
    copies, titles = [], {}
    for i, original in enumerate(chosen):
        copy = dict(original, outlet=COPIER, original=original)
        copy["day"] = min(last_day, original["day"] + datetime.timedelta(dice.below(2)))
        paragraphs = original["paragraphs"]
        if i in third:
            cut = 2 + dice.below(3)
            paragraphs = paragraphs[: max(len(paragraphs) - cut, (len(paragraphs) + 1) // 2)]
        copy["gold"] = [row for row in original["gold"] if row["text"] in paragraphs]
        copy["truncated"] = i in third
        copy["paragraphs_cut"] = len(original["paragraphs"]) - len(paragraphs)
        copy["new_title"], copy["byline"] = i in retitled, i in signed
        if copy["new_title"]:
            pool = pools[original["event"]]
            copy["title"] = pick_title(pool, original["week"], titles, dice, original["title"])
        if copy["byline"]:
            if dice.below(2):
                paragraphs = [dice.one(BYLINES_FIRST)] + paragraphs
            else:
                paragraphs = paragraphs + [dice.one(BYLINES_LAST)]
        copy["paragraphs"] = list(paragraphs)
        copies.append(copy)
    return copies


# ---------------------------------------------------------------- files


def build(seed):
    pools = {event: load_pool(event) for event in EVENTS}
    of_week = {
        event: {week: statements_of_the_week(pool, week, seed) for week in range(1, WEEKS + 1)}
        for event, pool in pools.items()
    }
    corpus, shelf = [], {event: [] for event in EVENTS}
    for name in OUTLETS:
        copier = name == COPIER
        sizes = (lambda week: PER_WEEK - copies_in(week)) if copier else (lambda week: PER_WEEK)
        articles = print_outlet(name, pools, of_week, seed, sizes, shelf)
        if copier:
            articles += copy_wire([a for a in corpus if a["outlet"] == AGENCY], pools, seed)
        articles = Dice(seed, "order", name).shuffled(articles)
        articles.sort(key=lambda article: article["day"])
        for number, article in enumerate(articles, 1):
            article["id"] = f"{name.lower().replace(' ', '-')}-{number:03}"
        corpus += articles
    return pools, of_week, corpus


def article_row(article):
    return dict(
        id=article["id"],
        outlet=article["outlet"],
        country=OUTLETS[article["outlet"]]["country"],
        date=article["day"].isoformat(),
        title=article["title"],
        text="\n\n".join(article["paragraphs"]),
    )


def planted(seed, pools, of_week, corpus):
    copies, cuts, statements = [], [], []
    for article in corpus:
        if "original" in article:
            copies.append(
                dict(
                    copy=article["id"],
                    original=article["original"]["id"],
                    truncated=article["truncated"],
                    paragraphs_cut=article["paragraphs_cut"],
                    new_title=article["new_title"],
                    byline=article["byline"],
                )
            )
        for row in article["gold"]:
            extra = ("full", "full_stance")
            short = {key: value for key, value in row.items() if key not in extra}
            statements.append(dict(article=article["id"], **short))
            if row["form"] == "cut":
                kept = {key: row[key] for key in ("text", "stance", "actor", "statement") + extra}
                cuts.append(dict(article=article["id"], **kept))
    return dict(
        seed=seed,
        outlets=OUTLETS,
        no_difference=[["Harbour Gazette", "Northern Courier"]],
        events={
            event: dict(proposal=pool["proposal"], hostile_side=pool["hostile_side"])
            for event, pool in pools.items()
        },
        of_the_week=of_week,
        copies=copies,
        cuts=cuts,
        statements=statements,
    )


def dump_lines(tree):
    """JSON with one line for each row of a list, so that it can be read and compared."""
    parts = []
    for key, value in tree.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"{json.dumps(key)}: [\n  {rows}\n ]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description="Builds the demo corpus.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=HERE)
    args = parser.parse_args()
    pools, of_week, corpus = build(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(article_row(a), ensure_ascii=False) + "\n" for a in corpus]
    (args.out / "articles.jsonl").write_bytes("".join(lines).encode())
    text = dump_lines(planted(args.seed, pools, of_week, corpus))
    (args.out / "planted.json").write_bytes(text.encode())


if __name__ == "__main__":
    main()

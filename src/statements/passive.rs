//! Reads passives: the holder stands after `by` (`was rejected by the cabinet`), or is the one who is quoted. It does not read
//! active verbs.

use super::claim::{Claim, Finder};
use super::cue::{Cue, CueClass};
use super::frame::Frame;
use super::lead::Lead;
use super::mention::Sort;
use super::subject::{self, Subject};
use super::word_class::{
    ADVERB, AND, BUT, BY, CHARGE, HYPOTHETICAL, IDEA, IT, MAKING, NEAR_TARGET, OR, PAPER,
    POSSESSOR, PREPOSITION, RELATIVE, STUDY, TARGET, TIME,
};

/// How far before a passive what is done is looked for, in tokens.
const SUBJECT: usize = 40;
/// One more than the tokens behind a passive among which a quotation begins that says what it is called.
const REACH: usize = 5;

impl Finder<'_, '_> {
    /// `was rejected by the cabinet`: the actor stands after `by`.
    pub(super) fn passive(&self, verb: usize, cue: &Cue, lead: Lead) -> Option<Claim> {
        let reading = self.reading;
        if matches!(reading.word(verb), "quoted" | "cited") {
            let subject = subject::before(reading, self.mentions, lead.first, self.from)?;
            let (first, end) = self.extent(verb, lead, subject);
            return Some(Claim {
                cue: verb,
                cue_end: verb + 1,
                class: CueClass::Speech,
                frame: Frame::Quotation,
                subject,
                first,
                end,
                leaning: false,
            });
        }
        // `The text was written by Kesh`, `was seen by the daily`, `is held by rebels`: who made, read or has it, not what it says.
        if matches!(reading.word(verb), "written" | "seen" | "made" | "held") {
            return None;
        }
        let utters = matches!(cue.class, CueClass::Speech | CueClass::View);
        // `was claimed late on Wednesday by Kesh`.
        let late = (verb + 1..self.to.min(verb + 7))
            .take_while(|&at| {
                reading.is(at, TIME | ADVERB)
                    || matches!(reading.word(at), "late" | "early")
                    || reading.is(at, PREPOSITION) && reading.is(at + 1, TIME)
            })
            .count();
        let reach = if utters { 2 + late } else { 9 };
        // `was waved away as "bait" by Kesh`.
        let said = (verb + 1..self.to.min(verb + REACH)).find(|&at| reading.quoted(at));
        let judged = matches!(cue.class, CueClass::Judge | CueClass::Act);
        let said = said.filter(|&at| {
            let article = usize::from(matches!(reading.word(at - 1), "a" | "an"));
            judged && reading.word(at - 1 - article) == "as"
        });
        let after = said.and_then(|at| self.past_quotations(at));
        let first = after.unwrap_or(verb + 1);
        let by = (first..self.to.min(first - 1 + reach))
            .take_while(|&at| {
                !(reading.quoted(at)
                    || reading.full_stop(at)
                    || matches!(reading.mark(at), b';' | b':'))
            })
            .find(|&at| {
                reading.is(at, BY) || cue.class == CueClass::Act && reading.word(at) == "between"
            })?;
        // `the truce, which was brokered by Kesh`: tells which one is meant.
        let told = reading.is(lead.first.wrapping_sub(1), RELATIVE) && reading.is(verb, MAKING);
        if told && lead.first > self.from {
            return None;
        }
        let frames = &cue.frames;
        let takes = matches!(cue.class, CueClass::Act | CueClass::Judge);
        // `was agreed to by all sides`, `was agreed between them`.
        let next = &reading.token(verb + 1).word;
        let forward = frames.topic_phrase.contains(next) && reading.word(verb + 1) == "forward";
        let particle = frames.with.contains(next) || forward;
        let topic = frames.topic || particle || matches!(reading.word(verb), "agreed" | "reached");
        // `both groups are backed by Kesh`, `was seized by rebels`: nothing that bears on a proposal.
        if takes
            && !(said.is_some() || frames.object || topic && self.topical_before(cue, lead.first))
        {
            return None;
        }
        let number = self.agent(by, cue, lead)?;
        let mention = &self.mentions.list[number];
        // `it was denounced by Kesh`: what is denounced belongs to the clause.
        let first = lead
            .first
            .checked_sub(1)
            .and_then(|at| self.mentions.at(at));
        let first = first.map_or(lead.first, |number| self.mentions.list[number].tokens.first);
        // `if their units were attacked by Kesh`: nobody does it yet.
        let clause = subject::start(reading, first, self.from);
        let clause = clause - usize::from(clause > self.from && reading.is(clause - 1, POSSESSOR));
        if clause > self.from && reading.is(clause - 1, HYPOTHETICAL) {
            return None;
        }
        Some(Claim {
            cue: verb,
            cue_end: verb + 1,
            class: cue.class,
            frame: Frame::Object,
            subject: Subject::After(number),
            first: first.max(self.from),
            end: mention.tokens.end,
            leaning: false,
        })
    }

    /// The holder behind the `by` at token `by`.
    fn agent(&self, by: usize, cue: &Cue, lead: Lead) -> Option<usize> {
        let reading = self.reading;
        // `by either Kesh or Norvania`.
        let either = usize::from(matches!(reading.word(by + 1), "either" | "both"));
        let number = self.mentions.at(by + 1 + either)?;
        let mention = &self.mentions.list[number];
        // `backed by a credible military deterrent`: by a thing.
        let next = mention.tokens.end;
        let modifies = mention.sort == Sort::Role
            && reading.noun(next)
            && !matches!(reading.word(next), "late" | "early")
            && !reading.written(next).ends_with("ed");
        // `cast into doubt by reports of breaches`.
        let paper = mention.sort == Sort::Role && reading.is(mention.head, PAPER | STUDY);
        let thing = paper || matches!(mention.sort, Sort::Thing | Sort::Quantity);
        // `could not be confirmed by independent observers`: nobody says anything.
        let unsaid = lead.negated && cue.class == CueClass::Speech && mention.sort == Sort::Role;
        let holds = !(thing || unsaid || reading.is(mention.head, TIME) || modifies);
        holds.then_some(number)
    }

    /// Past the quotation at `at` and those that `and` joins to it (`"bait" and "a leaflet"`).
    fn past_quotations(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let mut end = reading.quotations[reading.quotation_at(at)?].end;
        if reading.is(end, AND) && reading.quoted(end + 1) {
            end = reading.quotations[reading.quotation_at(end + 1)?].end;
        }
        Some(end)
    }

    /// Whether what an act bears on stands before token `at` in its clause, or is a pronoun.
    fn topical_before(&self, cue: &Cue, at: usize) -> bool {
        let from = self.from.max(at.saturating_sub(SUBJECT));
        // `the Front and the Brigade are backed by Kesh` judges no proposal.
        let linked = match cue.class {
            CueClass::Judge => 0,
            _ => RELATIVE | AND,
        };
        (from..at).any(|t| {
            self.reading.is(t, TARGET | NEAR_TARGET | IT | linked)
                || t + 1 == at && self.reading.word(t) == "this"
        })
    }

    /// A passive without `was` that judges what stands before it (`a truce, hailed by Kesh,`; `left, a move dismissed by Kesh`) or
    /// denies it (`backs the rebels, a charge rejected by Kesh`).
    pub(super) fn reduced(&self, verb: usize, cue: &Cue, lead: Lead) -> bool {
        let reading = self.reading;
        let comma = verb > self.from && reading.comma(verb - 1);
        let end = verb - usize::from(comma);
        let noun = end.checked_sub(1).and_then(|at| self.mentions.at(at));
        let judged = noun.is_some_and(|number| {
            let mention = &self.mentions.list[number];
            let of_all = mention.tokens.first > self.from
                && matches!(reading.word(mention.tokens.first), "a" | "an")
                && reading.comma(mention.tokens.first - 1);
            let matter = match cue.class {
                CueClass::Judge => TARGET | NEAR_TARGET | CHARGE,
                // `a longer truce, an idea put forward by Kesh`.
                CueClass::Act if of_all => IDEA | CHARGE,
                _ => CHARGE,
            };
            mention.tokens.end == end && reading.is(mention.head, matter) && (comma || of_all)
        });
        self.by_follows(verb, cue) && lead.first == verb && verb > self.from && judged
    }

    /// Whether `by` follows a verb, behind a particle that makes it a cue or not (`turned down by Kesh`).
    fn by_follows(&self, verb: usize, cue: &Cue) -> bool {
        let reading = self.reading;
        let next = reading
            .document
            .tokens
            .get(verb + 1)
            .map(|token| token.word);
        let particle = next.is_some_and(|next| {
            cue.frames.with.contains(&next) || cue.frames.topic_phrase.contains(&next)
        });
        reading.is(verb + 1, BY) || particle && reading.is(verb + 2, BY)
    }

    /// A second passive without `was` (`accepted by Kesh but rejected by Norvania`).
    pub(super) fn passive_again(&self, verb: usize, cue: &Cue, lead: Lead) -> bool {
        let reading = self.reading;
        let at_once = reading.is(verb + 1, BY);
        self.by_follows(verb, cue)
            && lead.first == verb
            && verb > self.from
            && (at_once || reading.is(verb - 1, AND | OR | BUT))
            && (reading.is(verb - 1, AND | OR | BUT | RELATIVE) || reading.comma(verb - 1))
    }
}

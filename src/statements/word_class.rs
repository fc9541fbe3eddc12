//! What a word can be in a sentence, as a set of bits: the closed classes of English (`en/words.tsv`), nouns for holders
//! of views (`en/roles.tsv`), words for a proposal (`en/topics.tsv`). It does not look at any text.

use crate::text::{WordId, WordTable, entries};

/// A set of word classes, one bit each.
pub(super) type Classes = u128;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: Classes = 1 << $bit;)*

        /// The class that a data file calls `key`.
        fn named(key: &str) -> Option<Classes> {
            match key {
                $($key => Some($name),)*
                _ => None,
            }
        }
    };
}

classes! {
    DETERMINER = 0, "determiner";
    DEFINITE = 1, "definite";
    /// `his`, `its`: the owner was named before.
    POSSESSOR = 2, "possessor";
    HE = 3, "he";
    SHE = 4, "she";
    THEY = 5, "they";
    IT = 6, "it";
    REFLEXIVE = 7, "self";
    /// A pronoun that can be a subject.
    SUBJECT = 8, "subject";
    FIRST_PERSON = 9, "first";
    RELATIVE = 10, "relative";
    THAT = 11, "that";
    QUANTITY = 12, "quantity";
    /// A quantity that can stand alone for people (`many said`).
    STANDALONE = 13, "standalone";
    PREPOSITION = 14, "preposition";
    CONJUNCTION = 15, "conjunction";
    SUBORDINATOR = 16, "subordinator";
    CONTRAST = 17, "contrast";
    /// Makes what follows not a fact (`if`, `unless`, `might`).
    HYPOTHETICAL = 18, "hypothetical";
    AUXILIARY = 19, "auxiliary";
    BE = 20, "be";
    MODAL = 21, "modal";
    NEGATION = 22, "negation";
    TO = 23, "to";
    BY = 24, "by";
    ADVERB = 25, "adverb";
    TIME = 26, "time";
    /// Often begins a sentence with a capital without being a name.
    OPENER = 27, "opener";
    /// A small word inside a name (`van`, `al`).
    CONNECTOR = 28, "connector";
    /// Stands before a person's name (`Mr`, `President`).
    TITLE = 29, "person_title";
    FEMININE = 30, "feminine";
    MASCULINE = 31, "masculine";
    /// A common verb that is no cue.
    VERB = 32, "verb";
    /// A noun for one person.
    PERSON = 33, "person";
    /// A noun for several persons.
    PEOPLE = 34, "people";
    OFFICE = 35, "office";
    BODY = 36, "body";
    STATE = 37, "state";
    /// With `the`, can mean a body or state that was named before.
    ANAPHOR = 38, "anaphor";
    /// A medium, which relays what others say.
    RELAY = 39, "relay";
    TARGET = 40, "target";
    NEAR_TARGET = 41, "near";
    AND = 42, "and";
    BUT = 43, "but";
    HAVE = 44, "have";
    DO = 45, "do";
    MONTH = 46, "month";
    WEEKDAY = 47, "weekday";
    /// A form of a verb in `en/cues.tsv`.
    CUE = 48, "cue";
    /// The first word of a name in an alias list.
    ALIAS = 49, "alias";
    /// A nationality (`Veldanian`).
    DEMONYM = 50, "demonym";
    FEMININE_TITLE = 51, "feminine_title";
    MASCULINE_TITLE = 52, "masculine_title";
    FEMALE_NAME = 53, "female_name";
    MALE_NAME = 54, "male_name";
    OR = 55, "or";
    TOPIC_PRONOUN = 56, "pronoun";
    OFFICE_MODIFIER = 57, "office_modifier";
    /// Also a common noun (`a call`).
    NOUN = 58, "noun";
    /// A role that is a common surname too (`Dana Abbot`).
    SURNAME = 60, "surname";
    /// With `the`, means any body of its sort that was named before (`the group`).
    GENERIC = 61, "generic";
    /// Part of a numbered credit; given to tokens, not words.
    CREDIT = 62, "credit";
    /// A role that belongs to a state (`president`, `lawmaker`).
    STATE_OFFICE = 63, "state_office";
    OF = 64, "of";
    /// Joins the parts of an organisation's name (`of`, `for`).
    BINDER = 65, "binder";
    /// First word of a phrase that attributes (`according`, `in`).
    PHRASE = 66, "phrase";
    /// Can stand after the subject that it counts (`they all said`).
    FLOATING = 67, "floating";
    /// First word of a line of furniture.
    FURNITURE = 68, "furniture";
    /// A verb that can stand for a form of `be` (`remained`).
    LINKING = 69, "linking";
    /// A noun for an act of asking or answering (`a call from Kesh for a truce`).
    NOUN_ACT = 70, "noun_act";
    /// A noun for what one holds (`Kesh's position is`).
    STANDPOINT = 71, "standpoint";
    /// A preposition of place (`in Kesh, the minister`).
    PLACE_PREPOSITION = 72, "place_preposition";
    /// A plural noun whose possessive begins the names of organisations (`the Farmers' Union`, `the People's Front`).
    NAMING_PLURAL = 73, "naming_plural";
    /// Sources so general that alone, without a further word, they are nobody (`observers note`).
    FACELESS = 75, "faceless";
    /// Tells the rank of an office (`Permanent Representative`).
    RANK = 76, "rank";
    /// The label of one who asks in a transcript.
    QUESTIONER = 74, "questioner";
    /// What somebody issues to say something (`statement`): its issuer speaks.
    PAPER = 77, "paper";
    /// What is done with it (`a statement issued by Kesh`).
    ISSUED = 78, "issued";
    /// Gives another's words (`the daily quoted the envoy as saying`).
    QUOTING = 79, "quoting";
    /// Before `agency`, makes it one that relays (`the news agency`).
    NEWS = 80, "news";
    /// A month that is a first name too (`Jan Holm`).
    MONTH_AND_NAME = 81, "month_and_name";
    /// Begins a clause and no name (`What Holm wants`).
    INTERROGATIVE = 82, "interrogative";
    /// A noun by which its owner takes a position (`Kesh's rejection of the truce`).
    OWNED_ACT = 83, "owned_act";
    /// What somebody is charged with, which he can deny (`an accusation Kesh denies`).
    CHARGE = 84, "charge";
    /// A noun for what a proposal gets from others (`drew praise from Kesh`).
    REACTION = 85, "reaction";
    /// A verb that says that it gets it.
    GETTING = 86, "getting";
    /// Ends the name of a medium (`Coast News`).
    MASTHEAD = 87, "masthead";
    /// What an office or body has in its name as its matter (`the Justice and Solidarity Movement`).
    PORTFOLIO = 88, "portfolio";
    /// An adjective for those of a region or faith (`Western leaders`).
    BELONGING = 89, "belonging";
    /// What somebody does in order to urge something (`flew to Kesh to press for a truce`).
    ERRAND = 90, "errand";
    /// Makes somebody do something (`prompted Kesh to call off the truce`).
    PROMPTING = 91, "prompting";
    /// Before `to`, says that others tell of it (`is said to be opposed`).
    TOLD = 92, "told";
    /// Before `to`, says that it was done soon (`was quick to dismiss`).
    QUICK = 93, "quick";
    /// Says that somebody speaks for no state (`local officials`).
    LOCAL = 94, "local";
    /// What two parties to a conflict are called together (`the two sides`).
    SIDES = 95, "sides";
    /// Those of them that are states (`both countries`).
    STATES = 96, "states";
    /// What other groups of two are called together (`both clans`).
    CAMPS = 97, "camps";
    /// What several persons are called together (`the two leaders`).
    LEADERS = 98, "leaders";
    /// Makes a proposal or brings it about (`brokered`).
    MAKING = 99, "making";
    /// What somebody finds out or counts: whoever made it tells of it (`a survey by the institute found`).
    STUDY = 100, "study";
    /// What somebody who was asked has not given (`no comment from Kesh`).
    SILENCE = 101, "silence";
    /// What something is done in spite of (`over the objections of Kesh`).
    OBJECTION = 102, "objection";
    /// What a place or thing with a name is: `city`, `newspaper`.
    LANDMARK = 103, "landmark";
    /// What a movement that bears arms calls itself by: `Front`, `Liberation`.
    ARMED = 104, "armed";
    /// Who bears arms against a state: `rebels`, `guerrilla`.
    REBEL = 105, "rebel";
    /// What can sum up words before it as something to be judged: `a notion`.
    IDEA = 106, "idea";
    /// The office of one who can be called a leader.
    LEADS = 107, "leads";
    /// A role under which somebody is brought in who is named later (`a spokesman said ... Dana Holm said`).
    INTRODUCED = 108, "introduced";
    /// Describes a movement and tells it from no other (`the outlawed group`).
    ADJECTIVE_OF_MOVEMENTS = 109, "adjective_of_movements";
    /// A group whose members are states or parties (`the coalition`).
    LEAGUE = 110, "league";
    /// What the two parties to a war are called without a number (`the rivals`).
    FOES = 111, "foes";
}

/// Any noun for a holder of views.
pub(super) const HOLDER: Classes = PERSON | PEOPLE | OFFICE | BODY | STATE;
/// Words that a noun phrase cannot hold.
pub(super) const FUNCTION: Classes = PREPOSITION
    | CONJUNCTION
    | SUBORDINATOR
    | AUXILIARY
    | MODAL
    | NEGATION
    | RELATIVE
    | TO
    | PRONOUN_ALONE
    | FIRST_PERSON;
const PRONOUN_ALONE: Classes = SUBJECT | REFLEXIVE;

const FILES: [&str; 4] = [
    include_str!("en/words.tsv"),
    include_str!("en/roles.tsv"),
    include_str!("en/topics.tsv"),
    include_str!("en/first_names.tsv"),
];

/// Classes by word number; words past the end have none.
#[derive(Clone, Debug, Default)]
pub(super) struct ClassTable(Vec<Classes>);

impl ClassTable {
    /// Reads the data files and takes their words into `words`.
    pub(super) fn read(words: &mut WordTable) -> Self {
        let mut table = Self::default();
        for line in FILES.into_iter().flat_map(entries) {
            let Some((key, list)) = line.split_once('\t') else {
                continue;
            };
            let Some(class) = named(key) else { continue };
            for word in list.split_whitespace() {
                table.add(words.intern(word), class);
                if class & (PERSON | BODY | OFFICE) != 0 {
                    table.add(words.intern(&plural(word)), PEOPLE);
                }
            }
        }
        table
    }

    /// The classes of `word`.
    pub(super) fn of(&self, word: WordId) -> Classes {
        self.0.get(word.index()).copied().unwrap_or(0)
    }

    /// Adds classes to a word.
    pub(super) fn add(&mut self, word: WordId, classes: Classes) {
        if self.0.len() <= word.index() {
            self.0.resize(word.index() + 1, 0);
        }
        self.0[word.index()] |= classes;
    }
}

/// The plural of a noun for a person: `-man` becomes `-men`, `-y` after a consonant `-ies`, hissing ends take `-es`.
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("man") {
        return format!("{stem}men");
    }
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    if noun.ends_with("ch") || noun.ends_with("ss") || noun.ends_with("sh") {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_in_the_data_files_is_known() {
        for line in FILES.into_iter().flat_map(entries) {
            let key = line.split('\t').next().unwrap_or_default();
            assert!(named(key).is_some() || key == "source", "class {key}");
        }
    }

    #[test]
    fn plurals_of_persons_are_people() {
        let mut words = WordTable::new();
        let table = ClassTable::read(&mut words);
        for word in ["spokesmen", "envoys", "deputies", "coaches"] {
            let known = words.find(word).map_or(0, |id| table.of(id));
            assert_eq!(known & PEOPLE != 0, word != "coaches", "{word}");
        }
    }
}

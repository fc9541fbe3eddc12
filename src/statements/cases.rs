//! Invented sentences and the statements that the whole way finds in them, one test for each rule of the codebook or
//! of English that this room keeps. Tests only.

use proptest::prelude::*;

use super::{Extractor, Statement};
use crate::label::Kind::{self, Act, Direct, Indirect, Mixed};
use crate::text::{Document, WordTable};

fn read(text: &str) -> Vec<Statement> {
    let mut words = WordTable::new();
    let mut extractor = Extractor::new(&mut words);
    let document = Document::read(text, &mut words);
    extractor.extract(&document, &words)
}

/// Kind, actor and words of each statement.
fn found(text: &str) -> Vec<(Kind, String, String)> {
    read(text)
        .into_iter()
        .map(|statement| {
            (
                statement.kind,
                statement.actor.name.unwrap_or_default(),
                statement.span.of(text).to_owned(),
            )
        })
        .collect()
}

fn kinds_and_actors(text: &str) -> Vec<(Kind, String)> {
    found(text)
        .into_iter()
        .map(|(kind, actor, _)| (kind, actor))
        .collect()
}

fn one(text: &str) -> (Kind, String) {
    let mut all = kinds_and_actors(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn is(kind: Kind, actor: &str) -> (Kind, String) {
    (kind, actor.to_owned())
}

#[test]
fn the_four_kinds_of_the_codebook_are_told_apart() {
    assert_eq!(
        one("\"We will sign tomorrow,\" Dana Holm said."),
        is(Direct, "Dana Holm")
    );
    assert_eq!(
        one("Dana Holm said the truce could hold for a month."),
        is(Indirect, "Dana Holm")
    );
    assert_eq!(
        one("Dana Holm called the draft \"a trap\"."),
        is(Mixed, "Dana Holm")
    );
    assert_eq!(
        one("Veldania rejected the 30-day truce."),
        is(Act, "Veldania")
    );
}

#[test]
fn an_interrupted_quotation_is_one_statement() {
    let text = "\"We will sign,\" Dana Holm said. \"But not today.\"";
    assert_eq!(
        found(text),
        [(Direct, "Dana Holm".to_owned(), text.to_owned())]
    );
}

#[test]
fn a_speech_of_two_paragraphs_is_one_statement() {
    let text = "Dana Holm said: \"We sign.\n\n\"And then we go home.\"";
    assert_eq!(one(text), is(Direct, "Dana Holm"));
}

#[test]
fn one_sentence_can_hold_three_acts() {
    let text = "Kesh praised the truce, but it was denounced by Veldania and rejected by Norvania.";
    assert_eq!(
        kinds_and_actors(text),
        [is(Act, "Kesh"), is(Act, "Veldania"), is(Act, "Norvania")]
    );
}

#[test]
fn a_relative_clause_holds_acts_with_their_actors() {
    let text = "The talks build on a ceasefire which Kesh accepted but Veldania rejected.";
    let all = kinds_and_actors(text);
    assert_eq!(all, [is(Act, "Kesh"), is(Act, "Veldania")]);
}

#[test]
fn attribution_may_stand_before_inside_or_after() {
    for text in [
        "According to Dana Holm, the truce holds.",
        "The truce, Dana Holm said, holds.",
        "The truce holds, said Dana Holm.",
        "Dana Holm told reporters that the truce holds.",
        "In Dana Holm's words, the truce holds.",
    ] {
        assert_eq!(one(text), is(Indirect, "Dana Holm"), "{text}");
    }
}

#[test]
fn a_subject_is_found_across_an_apposition_or_relative_clause() {
    for text in [
        "Dana Holm, a doctor, said the truce holds.",
        "Dana Holm, who leads the party in the old town, said the truce holds.",
        "The prefect, Dana Holm, said the truce holds.",
        "Dana Holm, 41, said the truce holds.",
        "\"It holds,\" said the prefect, Dana Holm, who lives there.",
    ] {
        assert_eq!(one(text).1, "Dana Holm", "{text}");
    }
}

#[test]
fn a_hearer_is_not_the_speaker() {
    assert_eq!(
        one("\"It holds,\" Kesh's defence minister, Dana Holm, told Radio North."),
        is(Direct, "Dana Holm")
    );
}

#[test]
fn later_mentions_resolve_to_the_name() {
    let text = "Foreign Minister Dana Holm said the truce holds.\n\nThe army left the town. \
                The minister said it was late. Ms Holm warned that it could break.";
    let actors: Vec<String> = kinds_and_actors(text)
        .into_iter()
        .map(|(_, actor)| actor)
        .collect();
    assert!(
        actors.iter().all(|actor| actor == "Dana Holm"),
        "{actors:?}"
    );
}

#[test]
fn pronouns_agree_in_gender() {
    let text = "Maria Holm met Peter Dahl in Kesh. She said the truce holds.";
    assert_eq!(one(text), is(Indirect, "Maria Holm"));
}

#[test]
fn a_pronoun_without_anyone_before_it_stays_unresolved() {
    let statements = read("\"It holds,\" he said.");
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0].actor.name, None);
    assert_eq!(statements[0].actor.surface, "he");
}

#[test]
fn a_spokesman_is_not_the_one_he_speaks_for() {
    let statements = read("Kesh's spokesman, Peter Dahl, said the truce holds.");
    assert_eq!(statements[0].actor.name.as_deref(), Some("Peter Dahl"));
    assert_eq!(statements[0].actor.side.as_deref(), Some("Kesh"));
}

#[test]
fn an_unknown_nationality_gives_the_side_by_its_form() {
    let statements = read("Veldania waited. Veldanian President Dana Holm said the truce holds.");
    assert_eq!(statements[0].actor.side.as_deref(), Some("Veldania"));
}

#[test]
fn a_palace_has_its_state_as_side() {
    let statements = read("The Kremlin said the truce holds.");
    assert_eq!(statements[0].actor.name.as_deref(), Some("Kremlin"));
    assert_eq!(statements[0].actor.side.as_deref(), Some("Russia"));
}

#[test]
fn joint_actors_are_members_of_one_statement() {
    let statements = read("Kesh, Norvania and Veldania called for a truce.");
    assert_eq!(statements.len(), 1);
    let names: Vec<&str> = statements[0]
        .actor
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(names, ["Kesh", "Norvania", "Veldania"]);
}

#[test]
fn a_medium_that_relays_is_not_the_actor() {
    assert_eq!(
        one("State television reported that Dana Holm said the truce holds.").1,
        "Dana Holm"
    );
}

#[test]
fn a_speaker_who_reports_another_is_the_actor() {
    assert_eq!(
        one("\"Kesh has already refused the truce,\" Dana Holm said."),
        is(Direct, "Dana Holm")
    );
    assert_eq!(
        one("Kesh has refused the truce, Dana Holm said.").1,
        "Dana Holm"
    );
}

#[test]
fn background_and_conditions_are_no_acts() {
    for text in [
        "If Kesh accepts the truce, the roads will open.",
        "The roads stayed shut until Kesh signed the truce.",
        "The army attacked the town at dawn.",
        "Dana Holm visited the town on Monday.",
    ] {
        assert!(found(text).is_empty(), "{text}");
    }
}

#[test]
fn an_act_ends_where_the_reporters_words_begin() {
    let text = "Kesh accepted the truce, a week after its army seized the town.";
    assert_eq!(found(text)[0].2, "Kesh accepted the truce");
}

#[test]
fn scare_quotes_and_titles_are_no_statements() {
    assert!(found("The so-called \"Iron Week\" began with a parade.").is_empty());
    assert!(found("A film called \"The Long Night\" was shown in Kesh.").is_empty());
}

#[test]
fn an_odd_mark_does_not_swallow_the_article() {
    let text =
        "\"We will sign, Dana Holm said.\n\nThe army left the town. Peter Dahl said no more.";
    let all = found(text);
    assert!(
        all.iter().all(|(_, _, words)| !words.contains("army left")),
        "{all:?}"
    );
}

#[test]
fn furniture_is_left_out() {
    let text = "Kesh rejects truce, minister says\n\nKESH, March 3 (Agency) - Dana Holm said the truce holds.\n\n\
                FILE PHOTO: Dana Holm said no.\n\nREAD MORE: Norvania rejects the truce";
    assert_eq!(
        found(text),
        [(
            Indirect,
            "Dana Holm".to_owned(),
            "Dana Holm said the truce holds.".to_owned()
        )]
    );
}

#[test]
fn a_speaker_may_stand_before_a_colon() {
    assert_eq!(
        one("Dana Holm: We will sign the truce tomorrow."),
        is(Direct, "Dana Holm")
    );
}

#[test]
fn views_and_adjectives_of_view_are_statements() {
    for text in [
        "Dana Holm fears that the truce will break.",
        "Dana Holm was confident that the truce would hold.",
        "Dana Holm voiced hope for the truce.",
        "Dana Holm reacted coolly to the draft.",
    ] {
        assert_eq!(one(text), is(Indirect, "Dana Holm"), "{text}");
    }
}

#[test]
fn nouns_can_attribute() {
    assert_eq!(
        one("The talks began with a call from Dana Holm for a truce.").1,
        "Dana Holm"
    );
    assert_eq!(
        one("Dana Holm's position is that the truce must hold."),
        is(Indirect, "Dana Holm")
    );
    assert_eq!(
        one("Kesh has reservations about the draft."),
        is(Indirect, "Kesh")
    );
}

#[test]
fn a_clause_with_its_own_speaker_is_a_statement_of_its_own() {
    let text = "Kesh welcomed the truce, with Dana Holm saying it was late.";
    assert_eq!(
        kinds_and_actors(text),
        [is(Act, "Kesh"), is(Indirect, "Dana Holm")]
    );
}

proptest! {
    #[test]
    fn spans_stand_on_characters_of_any_text(text in "([a-zA-Z ]|said |[\"'.,:;\n(\u{201C}\u{201D}\u{2019}\u{E9}\u{2014}-]|Dana Holm |by |the |of |rejected |that ){0,60}") {
        for statement in read(&text) {
            prop_assert!(text.get(statement.span.range()).is_some());
            prop_assert!(!statement.span.is_empty());
        }
    }
}

#[test]
fn no_text_makes_it_panic() {
    for text in [
        "",
        "\"",
        "\u{201C}\u{201D}",
        "said",
        "said said said.",
        "\"\" ' ' , , said by by by",
        "of of of The",
        "According to",
        "X's 's 's said",
        "(((",
        "\u{FEFF}\u{200B}",
        "a\r\n\r\nb: \"c",
        ": : :",
        "In X's words",
        "The , , , said",
        "— said — X —",
        "A B C D E said \"\"\"\"",
        "Dr. . . said",
        "with X saying",
        "which said",
        "rejected ",
        "it was put",
        "a number of",
        "has lost no time in",
        "Kesh \"want",
        "HPM (Hill",
        "In a statement Kesh",
    ] {
        let _ = read(text);
    }
}

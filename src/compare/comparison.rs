//! The result of a comparison: all that a report shows, in the order in which it shows it. Plain structs; it computes
//! nothing. Lists of numbers named `evidence` count in [`Comparison::statements`].

use serde::Serialize;

use super::estimate::Estimate;
use super::findings::{Copies, Correction, Plan, Quotations};
use super::settings::{CopyPolicy, Settings};
use super::statement::Statement;

/// A comparison of outlets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What was asked for.
    pub settings: Settings,
    /// What there was to compare.
    pub corpus: Corpus,
    /// One row an outlet, in order of name.
    pub outlets: Vec<OutletRow>,
    /// One row for each actor and outlet: actors by weight, the heaviest first; outlets by name.
    pub actors: Vec<Tally>,
    /// One row for each side and outlet, in the same order.
    pub sides: Vec<Tally>,
    /// Whether outlets differ at all, and which pairs do.
    pub tests: Tests,
    /// The gap of each pair of outlets, split.
    pub decompositions: Vec<Decomposition>,
    /// Lines by week, one an outlet.
    pub weekly: Weekly,
    /// Syndicated copies.
    pub copies: Copies,
    /// The same quotation in several outlets.
    pub quotations: Quotations,
    /// Estimates corrected for the classifier's errors.
    pub correction: Option<Correction>,
    /// Labels needed for a width.
    pub plan: Option<Plan>,
    /// What a reader must know, in plain words.
    pub notes: Vec<Note>,
    /// The articles, in order of their first statement.
    pub articles: Vec<ArticleRow>,
    /// The statements as given, in their order: the evidence.
    pub statements: Vec<Statement>,
}

/// What there was to compare.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Corpus {
    /// Articles with at least one statement.
    pub n_articles: usize,
    /// Statements.
    pub n_statements: usize,
    /// Statements that count under the copy policy.
    pub n_counted: usize,
    /// Statements left out since their article names no outlet (or no value of the field compared by).
    pub n_without_outlet: usize,
    /// Statements whose article has no readable date.
    pub n_without_date: usize,
    /// Statements whose actor is not resolved.
    pub n_unresolved: usize,
    /// First day, `YYYY-MM-DD`.
    pub first_day: Option<String>,
    /// Last day.
    pub last_day: Option<String>,
    /// Models that classified the statements.
    pub models: Vec<String>,
}

/// One outlet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutletRow {
    /// Its name.
    pub outlet: String,
    /// Articles with a statement.
    pub n_articles: usize,
    /// Articles that count under the copy policy.
    pub n_counted: usize,
    /// Words of the counted articles; `None` where their texts are not known.
    pub n_words: Option<usize>,
    /// Share of its articles that stand in a copy cluster with another outlet's, 0..=1.
    pub wire_rate: f64,
    /// Its statements of all actors together.
    pub tally: Tally,
    /// The mean score under each copy policy, without interval: whether copies carry the result.
    pub by_policy: Vec<(CopyPolicy, Option<f64>)>,
}

/// Statements of one actor, one side or all actors in one outlet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tally {
    /// Actor or side; `None` for all together.
    pub who: Option<String>,
    /// Whether `who` stands for everyone without a row of their own.
    pub is_rest: bool,
    /// Outlet.
    pub outlet: String,
    /// Counted articles of the outlet that carry a statement of `who`.
    pub n_articles: usize,
    /// Counted statements.
    pub n_statements: usize,
    /// Sum of weights of the counted statements (see `Count`).
    pub weight: f64,
    /// Share of the outlet's articles (those with any statement) that carry one of `who`, 0..=1.
    pub reach: Estimate,
    /// Share of the outlet's statements that are of `who`, by weight, 0..=1.
    pub voice: Estimate,
    /// Statements in a thousand words of the outlet's counted articles; `None` without texts.
    pub per_thousand_words: Option<f64>,
    /// Share of each stance among statements that take a position; in the order of the label set, without `none`.
    pub mix: Vec<LabelShare>,
    /// Share of statements without position, among all, 0..=1.
    pub none: Estimate,
    /// Share of statements from which the model abstains, among all, 0..=1.
    pub abstained: Estimate,
    /// Mean score of statements that take a position: share supportive minus share hostile, -1..=1.
    pub score: Estimate,
    /// The same from likeliest labels.
    pub hard_score: Option<f64>,
    /// The mean score drawn to that of the actor in all outlets, as if five more articles had that mean: for cells with few
    /// clusters.
    pub shrunken_score: Option<f64>,
    /// How much wider the interval of the score is than if statements were independent, as a ratio of variances.
    pub design_effect: Option<f64>,
    /// Numbers of the counted statements.
    pub evidence: Vec<usize>,
}

/// Share of one stance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelShare {
    /// Stance.
    pub label: String,
    /// Share, 0..=1.
    pub share: Estimate,
}

/// Tests of difference.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tests {
    /// Whether any outlet differs from the others in the mean score; `None` with fewer than two testable outlets.
    pub omnibus: Option<f64>,
    /// Outlets that were too many to be paired.
    pub n_unpaired: usize,
    /// Every pair of outlets over all actors, then for each actor.
    pub contrasts: Vec<Contrast>,
}

/// A difference between two outlets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// Actor; `None` for all together.
    pub who: Option<String>,
    /// First outlet.
    pub first: String,
    /// Second outlet.
    pub second: String,
    /// Mean score of the first minus that of the second, -2..=2.
    pub difference: Estimate,
    /// Probability of a difference as large if the two drew from one pool within weeks.
    pub p: Option<f64>,
    /// False discovery rate at which it would be marked, over all contrasts shown.
    pub q: Option<f64>,
    /// Whether `q` is at most the wished rate and outlets differ at all (`Tests::omnibus`).
    pub marked: bool,
    /// Difference under each copy policy.
    pub by_policy: Vec<(CopyPolicy, Option<f64>)>,
    /// Difference of corrected scores, where there is a correction.
    pub corrected: Option<Estimate>,
    /// Whether the raw interval leaves 0 out while the corrected one holds it.
    pub only_raw: bool,
}

/// The gap between two outlets, split into whom they quote and which of their statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decomposition {
    /// First outlet.
    pub first: String,
    /// Second outlet.
    pub second: String,
    /// Whole gap: mean score of the first minus that of the second.
    pub gap: Estimate,
    /// Part that comes from whom they let speak.
    pub selection: Estimate,
    /// Part that comes from which of an actor's statements they carry.
    pub framing: Estimate,
    /// Part of each actor, largest first.
    pub parts: Vec<Part>,
}

/// One actor's part of a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Actor.
    pub actor: String,
    /// Its part of selection, measured against the pooled mean score.
    pub selection: f64,
    /// Its part of framing.
    pub framing: f64,
    /// Share of the positions taken in the first and in the second outlet that are this actor's.
    pub shares: (f64, f64),
    /// Mean score in the first and in the second outlet; `None` where the actor has no position there.
    pub scores: (Option<f64>, Option<f64>),
}

/// Lines by week.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Weekly {
    /// ISO weeks from the first to the last with a statement, `2031-W14`, none left out.
    pub weeks: Vec<String>,
    /// One line an outlet, in order of name.
    pub lines: Vec<Line>,
}

/// One outlet's line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Outlet.
    pub outlet: String,
    /// One point a week; `None` is a gap.
    pub points: Vec<Option<WeekPoint>>,
}

/// One outlet's week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekPoint {
    /// Mean score.
    pub score: Estimate,
    /// Counted statements.
    pub n_statements: usize,
}

/// What a reader must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The part it is about: `corpus`, `copies`, `intervals`, `tests`, `decomposition`, `quotations`, `omission`,
    /// `correction`, `weekly`.
    pub about: &'static str,
    /// The words.
    pub text: String,
}

/// One article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRow {
    /// Its id.
    pub id: String,
    /// Outlet, or the value of the field compared by.
    pub outlet: Option<String>,
    /// Day, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// ISO week.
    pub week: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Number of its copy cluster in [`Copies::clusters`]; `None` where it has no copy.
    pub cluster: Option<usize>,
    /// Whether it counts under the copy policy.
    pub counted: bool,
    /// Numbers of its statements.
    pub evidence: Vec<usize>,
}

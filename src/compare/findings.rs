//! The result's parts that are about copies, shared quotations and the classifier's errors. Plain structs; it computes
//! nothing.

use serde::Serialize;

use super::estimate::Estimate;

/// Syndicated copies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Copies {
    /// Whether whole texts were compared, or only the statements' words.
    pub from_texts: bool,
    /// Clusters of two articles or more, in order of their first article.
    pub clusters: Vec<CopyCluster>,
}

/// Articles that are copies of one another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CopyCluster {
    /// Numbers of its articles in `Comparison::articles`, rising.
    pub articles: Vec<usize>,
    /// Its outlets, by name.
    pub outlets: Vec<String>,
    /// Number of the earliest article, the longest of that day.
    pub original: usize,
    /// The least resemblance by which an article was joined, 0..=1: Jaccard index, or containment of a shorter one.
    pub resemblance: f64,
}

/// The same quotation in several outlets.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quotations {
    /// Quotations that two outlets or more carry, those of most outlets first.
    pub groups: Vec<Quotation>,
    /// One row an outlet, by name.
    pub habits: Vec<Habits>,
    /// Odds of omission by stance; over all outlets together first, then by outlet.
    pub omission: Vec<Omission>,
    /// Cues that an outlet uses more, or less, than the others for the same quotations; strongest first.
    pub cues: Vec<CueUse>,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quotation {
    /// The fullest version.
    pub text: String,
    /// Number of the fullest statement.
    pub fullest: usize,
    /// Actor, as most carriers have it; `None` where unresolved.
    pub actor: Option<String>,
    /// Side, as most carriers have it.
    pub side: Option<String>,
    /// Stance of the fullest version.
    pub stance: String,
    /// ISO week of the first carrier.
    pub week: Option<String>,
    /// What each outlet that is at risk did, by name of outlet.
    pub outlets: Vec<Carried>,
}

/// What one outlet did with a quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carried {
    /// Outlet.
    pub outlet: String,
    /// What it did.
    pub how: How,
    /// Share of the fullest version's words that it has, 0..=1; 0 where omitted.
    pub share: f64,
    /// Stance of its version; `None` where omitted.
    pub stance: Option<String>,
    /// Whether it is cut and the model gives it another stance than the fullest version.
    pub changed: bool,
    /// The words that introduce it.
    pub cue: Option<String>,
    /// Numbers of its statements; empty where omitted.
    pub evidence: Vec<usize>,
}

/// What an outlet does with a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Carried with at least 85 % of the words of the fullest version.
    Full,
    /// Carried with fewer.
    Cut,
    /// Not carried, though the outlet has other words of the actor or its side in that week.
    Omitted,
}

/// How an outlet treats shared quotations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Habits {
    /// Outlet.
    pub outlet: String,
    /// Quotations carried in full.
    pub n_full: usize,
    /// Quotations cut.
    pub n_cut: usize,
    /// Of those cut, how many have another predicted stance than the fullest version.
    pub n_changed: usize,
    /// Of those changed, by (stance of the fullest, stance of the cut), in order of the label set.
    pub changes: Vec<(String, String, usize)>,
    /// Quotations left out while at risk.
    pub n_omitted: usize,
}

/// Odds of leaving out hostile quotations against supportive ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Omission {
    /// Outlet; `None` for all.
    pub outlet: Option<String>,
    /// What a stratum is: `actor and week` or `side and week`.
    pub strata: &'static str,
    /// Hostile quotations at risk, and how many of them were left out.
    pub hostile: (usize, usize),
    /// Supportive quotations at risk, and how many of them were left out.
    pub supportive: (usize, usize),
    /// Strata that hold both stances and both outcomes somewhere: the only ones that count.
    pub n_strata: usize,
    /// Mantel-Haenszel odds ratio: above 1, hostile quotations are left out more often than supportive ones.
    pub odds_ratio: Option<f64>,
    /// Lower end of its interval (Robins, Breslow & Greenland 1986).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Mantel-Haenszel chi-squared test without correction for continuity.
    pub p: Option<f64>,
    /// Benjamini-Hochberg over the outlets of the same strata.
    pub q: Option<f64>,
}

/// One outlet's use of a cue for shared quotations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueUse {
    /// Outlet.
    pub outlet: String,
    /// Cue, in small letters.
    pub cue: String,
    /// Times that the outlet uses it.
    pub n: usize,
    /// Times that the others use it.
    pub n_others: usize,
    /// Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).
    pub log_odds: f64,
    /// Its z-score.
    pub z: f64,
}

/// Estimates corrected for the classifier's errors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correction {
    /// How.
    pub method: Method,
    /// Hand labels that were used.
    pub n_labels: usize,
    /// Hand labels that name no counted statement or no known stance.
    pub n_unused: usize,
    /// One row an outlet, by name.
    pub outlets: Vec<Corrected>,
    /// One row for each actor and outlet that has an estimate, in the order of `Comparison::actors`.
    pub actors: Vec<Corrected>,
}

/// How a correction is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Hand labels with known probabilities of being drawn (Egami et al. 2023; Angelopoulos et al. 2023).
    Design,
    /// The model's held-out confusion, turned round (Forman 2008).
    PriorShift,
}

/// One corrected row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Corrected {
    /// Actor; `None` for all together.
    pub who: Option<String>,
    /// Outlet.
    pub outlet: String,
    /// Hand labels in it.
    pub n_labels: usize,
    /// Raw mean score.
    pub raw: Estimate,
    /// Corrected mean score.
    pub corrected: Estimate,
    /// Corrected minus raw: how far the classifier's errors moved the outlet.
    pub bias: Estimate,
    /// Corrected share of each stance among positions, as in `Tally::mix`, on the simplex.
    pub mix: Vec<(String, Option<f64>)>,
    /// Corrected share without position, among all.
    pub none: Option<f64>,
    /// How far the model's labels are trusted, 0..=1 (Angelopoulos, Duchi & Zrnic 2023, power tuning); `None` without
    /// hand labels.
    pub lambda: Option<f64>,
}

/// What labels buy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Where the spread of the model's error comes from, in words.
    pub basis: String,
    /// Standard deviation of the error of a statement's score.
    pub error_sd: f64,
    /// One row for each number of labels.
    pub rows: Vec<PlanRow>,
}

/// What a number of labels buys.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanRow {
    /// Labels in each outlet.
    pub n_labels: usize,
    /// Expected half width of the interval of a corrected mean score, by outlet.
    pub half_widths: Vec<(String, f64)>,
    /// Median of these.
    pub typical: f64,
    /// Difference between two typical outlets that is found four times of five at the 5 % level.
    pub detectable: f64,
}

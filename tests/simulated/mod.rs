//! Simulated corpora whose truth is known: outlets that choose actors and stances by given chances, articles whose statements
//! are alike, a classifier that errs. It judges nothing.

#![expect(unreachable_pub, reason = "a test's module has no crate around it")]

use stance::compare::Statement;
use stance::compare::statement::Holder;
use stance::evaluate::bootstrap::Chance;
use stance::label::Kind;

/// The stances in the order of every list here.
pub const STANCES: [&str; 4] = ["supportive", "skeptical", "hostile", "none"];
/// Share of statements without position.
pub const NONE: f64 = 0.3;

/// How an outlet reports.
#[derive(Clone)]
pub struct Outlet {
    /// Its name.
    pub name: &'static str,
    /// Articles.
    pub n_articles: usize,
    /// Chance of each actor to be the one of an article.
    pub shares: Vec<f64>,
    /// Mean score of each actor among positions, -0.6..=0.6.
    pub scores: Vec<f64>,
}

impl Outlet {
    /// The true mean score over all actors.
    pub fn truth(&self) -> f64 {
        self.shares
            .iter()
            .zip(&self.scores)
            .map(|(w, m)| w * m)
            .sum()
    }
}

/// A number in 0..1.
pub fn uniform(chance: &mut Chance) -> f64 {
    (chance.bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A place chosen by shares that sum to 1.
pub fn choose(chance: &mut Chance, shares: &[f64]) -> usize {
    let mut left = uniform(chance);
    for (place, share) in shares.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return place;
        }
    }
    shares.len() - 1
}

/// Articles of one actor each, over four weeks. The statements of an article lean together (by 0.3 to either side), and so
/// do those of a week where `by_week` is given.
pub fn corpus(outlets: &[Outlet], by_week: [f64; 4], chance: &mut Chance) -> Vec<Statement> {
    let mut statements = Vec::new();
    for outlet in outlets {
        for article in 0..outlet.n_articles {
            let actor = choose(chance, &outlet.shares);
            let week = chance.below(4);
            let lean = by_week[week] + if chance.below(2) == 0 { 0.3 } else { -0.3 };
            let score = (outlet.scores[actor] + lean).clamp(-1.0, 1.0);
            // A quarter of positions is skeptical as far as the score leaves room.
            let skeptical = 0.25_f64.min(1.0 - score.abs());
            let supportive = f64::midpoint(1.0 - skeptical, score);
            let shares = [supportive, skeptical, 1.0 - skeptical - supportive]
                .map(|share| share * (1.0 - NONE));
            let shares = [shares[0], shares[1], shares[2], NONE];
            for number in 0..=chance.below(3) {
                let stance = choose(chance, &shares);
                let mut probabilities = [0.0; 4];
                probabilities[stance] = 1.0;
                let id = format!("{}-{article}", outlet.name);
                statements.push(statement(
                    &id,
                    outlet.name,
                    number,
                    (actor, week),
                    stance,
                    probabilities,
                ));
            }
        }
    }
    statements
}

/// A statement of actor number `actor` in week number `week`.
pub fn statement(
    article: &str,
    outlet: &str,
    number: usize,
    (actor, week): (usize, usize),
    stance: usize,
    probabilities: [f64; 4],
) -> Statement {
    Statement {
        article: article.to_owned(),
        outlet: Some(outlet.to_owned()),
        date: Some(format!("2031-04-{:02}", 7 * week + 8)),
        statement: format!("{article}#{}", number + 1),
        kind: Some(Kind::Indirect),
        actor: Holder {
            name: Some(format!("Actor {actor}")),
            side: Some(format!("Side {}", actor % 2)),
            ..Holder::default()
        },
        stance: STANCES[stance].to_owned(),
        probabilities: STANCES
            .iter()
            .map(|&label| label.to_owned())
            .zip(probabilities)
            .collect(),
        ..Statement::default()
    }
}

/// Words that no other seed shares, but for the commonest: rank by Zipf's law over 20,000.
pub fn prose(chance: &mut Chance, n: usize) -> Vec<String> {
    (0..n)
        .map(|_| format!("w{}", (20_000_f64.powf(uniform(chance))) as usize))
        .collect()
}

/// The least and the greatest count that a binomial variable takes with all but 1 % of chance.
pub fn binomial_bounds(n: usize, p: f64) -> (usize, usize) {
    let mut mass = (1.0 - p).powf(n as f64);
    let (mut below, mut low, mut high) = (0.0, 0, n);
    for k in 0..=n {
        if below + mass < 0.005 {
            low = k + 1;
        }
        below += mass;
        if below > 0.995 {
            high = k;
            break;
        }
        mass *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    (low, high)
}

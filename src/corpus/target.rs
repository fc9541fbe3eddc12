//! The user's own target (`--target`): a file of terms that name the proposal an analysis is about, and of terms that name
//! others, checked line by line. Which statements bear on it is decided by `classify`.

use std::collections::BTreeMap;

use crate::error::Fault;

/// What begins a line with a term of another proposal.
const OTHER: &str = "not:";

/// A checked file of terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedTarget {
    /// Names and descriptions of the proposal at issue, in the order of the file; empty where only others are named.
    pub terms: Vec<String>,
    /// Names and descriptions of other proposals.
    pub others: Vec<String>,
}

impl NamedTarget {
    /// Reads a file's text: a term a line, those of other proposals behind `not:`; `#` begins a comment.
    ///
    /// # Errors
    /// Every line that is no term, or whose term has two meanings, and a file without any.
    pub fn of_text(text: &str, path: &str) -> Result<Self, Vec<Fault>> {
        let mut target = Self::default();
        let mut faults = Vec::new();
        let mut met: BTreeMap<String, (bool, usize)> = BTreeMap::new();
        for (at, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (is_other, term) = match line.strip_prefix(OTHER) {
                Some(rest) => (true, rest.trim()),
                None => (false, line),
            };
            let place = |fault: Fault| fault.at(path).line(at + 1);
            if !term.chars().any(char::is_alphanumeric) {
                faults.push(place(
                    Fault::new(format!("{line:?} names nothing"))
                        .expected("words that name a proposal, those of another behind \"not:\"")
                        .remedy("mend the line; # begins a comment"),
                ));
                continue;
            }
            let (before, there) = *met.entry(term.to_lowercase()).or_insert((is_other, at + 1));
            if before != is_other {
                faults.push(place(
                    Fault::new(format!("{term:?} names the proposal and another one"))
                        .expected(format!("one of the two; line {there} says otherwise"))
                        .remedy("drop one of the lines"),
                ));
            } else if there != at + 1 {
                continue;
            }
            let terms = if is_other {
                &mut target.others
            } else {
                &mut target.terms
            };
            terms.push(term.to_owned());
        }
        if faults.is_empty() && met.is_empty() {
            faults.push(
                Fault::new("no term")
                    .at(path)
                    .expected("a line for each name of the proposal, such as \"Harlan plan\""),
            );
        }
        if faults.is_empty() {
            Ok(target)
        } else {
            Err(faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_the_proposal_and_of_others_are_parted() {
        let text =
            "# spring talks\nHarlan plan\n14-point plan\n\nnot: Doha framework\nharlan plan\n";
        let target = NamedTarget::of_text(text, "t.txt").unwrap();
        assert_eq!(target.terms, ["Harlan plan", "14-point plan"]);
        assert_eq!(target.others, ["Doha framework"]);
    }

    #[test]
    fn every_bad_line_is_told() {
        let faults = NamedTarget::of_text("--\nnot:\nA plan\nnot: a plan\n", "t.txt").unwrap_err();
        let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(shown[0].starts_with("t.txt:1: \"--\" names nothing; expected words"));
        assert!(shown[1].starts_with("t.txt:2: \"not:\" names nothing"));
        assert!(shown[2].starts_with("t.txt:4: \"a plan\" names the proposal and another one"));
        assert!(shown[2].contains("line 3 says otherwise"));
        let none = NamedTarget::of_text("# nothing\n", "t.txt").unwrap_err();
        assert!(none[0].to_string().starts_with("t.txt: no term; expected"));
    }
}

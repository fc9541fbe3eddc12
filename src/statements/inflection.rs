//! The forms of an English verb from its base and, where irregular, its past and participle. It does not know what a
//! verb means.

/// Which form of a verb a word can be; forms that look alike share a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one word can be any of the five forms"
)]
pub(super) struct Form {
    /// `say`.
    pub(super) base: bool,
    /// `says`.
    pub(super) third: bool,
    /// `said` in "he said".
    pub(super) past: bool,
    /// `said` in "it was said".
    pub(super) participle: bool,
    /// `saying`.
    pub(super) gerund: bool,
}

impl Form {
    /// Both ways to be read.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            base: self.base || other.base,
            third: self.third || other.third,
            past: self.past || other.past,
            participle: self.participle || other.participle,
            gerund: self.gerund || other.gerund,
        }
    }
}

/// All forms of the verb `base`; `irregular` is its past and participle.
pub(super) fn forms(base: &str, irregular: Option<(&str, &str)>) -> Vec<(String, Form)> {
    let none = Form::default();
    let regular = regular_past(base);
    let (past, participle) = irregular.unwrap_or((&regular, &regular));
    // `admitted` shows that `admitting` doubles its consonant too.
    let stem = past
        .strip_suffix("ed")
        .filter(|stem| stem.len() == base.len() + 1 && stem.starts_with(base))
        .unwrap_or(base);
    let gerund = match base.strip_suffix('e') {
        Some(short) if !base.ends_with("ee") && !base.ends_with("ie") => format!("{short}ing"),
        _ => format!("{stem}ing"),
    };
    let mut all: Vec<(String, Form)> = Vec::with_capacity(5);
    let mut put = |word: String, form: Form| match all.iter_mut().find(|(known, _)| *known == word)
    {
        Some((_, known)) => *known = known.or(form),
        None => all.push((word, form)),
    };
    put(base.to_owned(), Form { base: true, ..none });
    put(
        third_person(base),
        Form {
            third: true,
            ..none
        },
    );
    put(past.to_owned(), Form { past: true, ..none });
    put(
        participle.to_owned(),
        Form {
            participle: true,
            ..none
        },
    );
    put(
        gerund,
        Form {
            gerund: true,
            ..none
        },
    );
    all
}

fn regular_past(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if ends_in_consonant(stem) => format!("{stem}ied"),
        _ if base.ends_with('e') => format!("{base}d"),
        _ => format!("{base}ed"),
    }
}

fn third_person(base: &str) -> String {
    if base == "have" {
        return "has".to_owned();
    }
    match base.strip_suffix('y') {
        Some(stem) if ends_in_consonant(stem) => format!("{stem}ies"),
        _ if base.ends_with(['s', 'x', 'z', 'o'])
            || base.ends_with("ch")
            || base.ends_with("sh") =>
        {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

fn ends_in_consonant(stem: &str) -> bool {
    stem.ends_with(|c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(base: &str, irregular: Option<(&str, &str)>) -> Vec<String> {
        forms(base, irregular)
            .into_iter()
            .map(|(word, _)| word)
            .collect()
    }

    #[test]
    fn regular_verbs_follow_their_spelling() {
        assert_eq!(words("deny", None), ["deny", "denies", "denied", "denying"]);
        assert_eq!(words("urge", None), ["urge", "urges", "urged", "urging"]);
        assert_eq!(words("veto", None), ["veto", "vetoes", "vetoed", "vetoing"]);
        assert_eq!(
            words("agree", None),
            ["agree", "agrees", "agreed", "agreeing"]
        );
    }

    #[test]
    fn irregular_verbs_keep_their_past_and_participle_apart() {
        let all = forms("write", Some(("wrote", "written")));
        assert_eq!(all[2].0, "wrote");
        assert!(all[2].1.past && !all[2].1.participle);
        assert!(all[3].1.participle && !all[3].1.past);
    }

    #[test]
    fn a_doubled_consonant_doubles_in_the_gerund_too() {
        assert_eq!(
            words("admit", Some(("admitted", "admitted"))),
            ["admit", "admits", "admitted", "admitting"]
        );
    }
}

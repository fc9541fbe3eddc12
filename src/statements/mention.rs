//! A mention: a noun phrase as it stands in the text, with its parts. It does not know whom it means.

use super::word_class::Classes;

/// What sort of noun phrase a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `he`, `they`, `it`.
    Pronoun,
    /// A person's name with a title or role.
    Person,
    /// A proper name without one: a person, a state, an organisation.
    Name,
    /// A role, office or group without a name.
    Role,
    /// A number or `many` alone.
    Quantity,
    /// Any other noun phrase.
    Thing,
}

/// Tokens `first..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
}

impl Range {
    /// Tokens `first..end`.
    pub(super) const fn new(first: usize, end: usize) -> Self {
        Self { first, end }
    }

    /// Whether token `at` is one of them.
    pub(super) const fn has(self, at: usize) -> bool {
        self.first <= at && at < self.end
    }
}

/// A noun phrase of one sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    /// All its tokens, with determiner, apposition and the phrases that belong to it.
    pub(super) tokens: Range,
    /// Its tokens up to the head: no phrase after it.
    pub(super) core: Range,
    /// The noun that it turns on: a role, or the last word of a name, or a pronoun.
    pub(super) head: usize,
    /// What sort it is.
    pub(super) sort: Sort,
    /// Its proper name.
    pub(super) name: Option<Range>,
    /// A role that comes with a name.
    pub(super) role: Option<Range>,
    /// An acronym in brackets after the name.
    pub(super) acronym: Option<usize>,
    /// Whose it is: a nationality, a possessor (`its`, `Norvania's`), or a name after `of`.
    pub(super) owner: Option<Range>,
    /// Classes of its head and titles.
    pub(super) classes: Classes,
    /// Whether it means several.
    pub(super) plural: bool,
    /// Whether it has `the` or the like, or an owner that is a pronoun.
    pub(super) definite: bool,
    /// Whether it stands inside another mention.
    pub(super) inside: bool,
}

/// All mentions of an article, in order of their first token.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// The mentions; one that stands inside another follows it.
    pub(super) list: Vec<Mention>,
    /// For each token, one more than the number of the outermost mention that holds it; 0 elsewhere.
    by_token: Vec<u32>,
}

impl Mentions {
    /// Indexes `list`, which is in order, over a document of `n_tokens`.
    pub(super) fn new(list: Vec<Mention>, n_tokens: usize) -> Self {
        let mut by_token = vec![0; n_tokens];
        for (number, mention) in (1..).zip(&list) {
            if !mention.inside {
                by_token[mention.tokens.first..mention.tokens.end].fill(number);
            }
        }
        Self { list, by_token }
    }

    /// The outermost mention that holds token `at`.
    pub(super) fn at(&self, at: usize) -> Option<usize> {
        let number = *self.by_token.get(at)?;
        (number > 0).then(|| number as usize - 1)
    }
}

//! What comes out of an input in place of an article, and why. It does not print.

use crate::error::Fault;

/// Why something gave no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// An input that the user named could not be read, or not to its end.
    Input,
    /// A record, or a file found in a folder, could not be read.
    Record,
    /// The article is in another language.
    Language,
    /// A file of a folder is of no kind that holds articles.
    FileKind,
    /// A page or document without an article in it.
    NoArticle,
}

impl Why {
    /// Every reason, the gravest first.
    pub const ALL: [Self; 5] = [
        Self::Input,
        Self::Record,
        Self::Language,
        Self::FileKind,
        Self::NoArticle,
    ];

    /// Whether something is broken; what is merely of no use is not.
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Input | Self::Record)
    }

    /// As it stands in a count: "3 not in English".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Input => "unreadable inputs",
            Self::Record => "broken",
            Self::Language => "not in English",
            Self::FileKind => "of another kind",
            Self::NoArticle => "without an article",
        }
    }

    /// As it stands in a list for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Record => "record",
            Self::Language => "language",
            Self::FileKind => "file-kind",
            Self::NoArticle => "no-article",
        }
    }
}

/// What was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub why: Why,
    /// Where, and in words.
    pub fault: Fault,
}

impl Skipped {
    /// A broken record.
    pub const fn record(fault: Fault) -> Self {
        Self {
            why: Why::Record,
            fault,
        }
    }

    /// A page or document that holds no article.
    pub const fn no_article(fault: Fault) -> Self {
        Self {
            why: Why::NoArticle,
            fault,
        }
    }
}

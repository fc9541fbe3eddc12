//! Articles and labels as they come in: every format of article, packed or not, in files, folders and standard input;
//! annotated articles and single labelled statements. This room reads and checks; it knows nothing of stance models.
//!
//! Terms: an *article* is one text of an *outlet*; a *record* is what an input holds one after another; to *cut* is to tell
//! records apart without understanding them, to *read* is to make an article of one; an *annotated article* carries
//! statements that a person marked; a *labelled statement* stands alone; a *group* is what may never stand on two sides of
//! a split.

mod actors;
mod annotation;
mod article;
mod contradictions;
mod cut;
mod decode;
mod factiva;
mod fields;
mod format;
mod guarded;
mod http;
mod input;
mod jsonl;
mod labelled;
mod labelled_row;
mod language;
mod lines;
mod markup;
mod nexis;
mod objects;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod paths;
mod ready;
mod repeats;
mod skipped;
mod table;
mod target;
mod unpack;
mod warc;

pub use actors::OwnActors;
pub use annotation::{AnnotatedArticle, AnnotatedStatement, LabelledStatement};
pub use article::Article;
pub use cut::{Cut, Read, Reading};
pub use fields::{FieldMap, is_of_statements};
pub use format::Format;
pub use guarded::hush_guarded_panics;
pub use input::{Cuts, Position, articles, cuts, read_text};
pub use jsonl::article_of_line;
pub use labelled::{Labelled, load, load_text};
pub use labelled_row::{Row, row_of_value};
pub use markup::{article_of_markup, markup_of_article};
pub use paths::files;
pub use ready::{ReadyStatement, ready_of_line};
pub use repeats::repeats;
pub use skipped::{Skipped, Why};
pub use target::NamedTarget;

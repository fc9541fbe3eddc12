//! Articles and labels as they come in: plain text, JSONL, folders, standard input; annotated articles and single
//! labelled statements. This room reads and checks; it knows nothing of stance models.
//!
//! Terms: an *article* is one text of an *outlet*; an *annotated article* carries statements that a person marked; a
//! *labelled statement* stands alone; a *group* is what may never stand on two sides of a split.

mod annotation;
mod article;
mod input;
mod jsonl;
mod labelled;
mod markup;
mod ready;

pub use annotation::{AnnotatedArticle, AnnotatedStatement, LabelledStatement};
pub use article::Article;
pub use input::{Articles, Format, articles, files, read_text};
pub use jsonl::article_of_line;
pub use labelled::{Labelled, Row, load, load_text, row_of_value};
pub use markup::{article_of_markup, markup_of_article};
pub use ready::{ReadyStatement, ready_of_line};

//! How records are written: each format as the bytes of one article, or for Parquet as a table that is built up. It does not
//! choose the format.

use super::output::Output;
use super::terminal::{Stop, Terminal};
use crate::classify::{Record, Wishes};
use crate::corpus::Article;
use crate::error::Fault;
use crate::model::Model;
use crate::report::flat::Columns;
use crate::report::page::ArticlesPage;
use crate::report::statements::{self, Style};
use crate::report::{csv, dna, jsonl};

/// A format that is written article by article.
#[derive(Clone)]
pub(super) enum Drawing {
    Table(Style),
    Lines,
    Csv(Columns),
    Dna,
    /// A page in HTML.
    Page,
    /// Records are handed on as they are.
    Parquet(Columns),
}

impl Drawing {
    /// The columns of a model's records.
    pub(super) fn columns(model: &Model, wishes: Wishes) -> Columns {
        let tones = model.tone.as_ref().map(|tone| &tone.labels);
        Columns::new(&model.stance.labels, tones, wishes)
    }

    /// The table for the user's terminal.
    pub(super) fn table(terminal: &Terminal, to_file: bool) -> Self {
        Self::Table(Style {
            colors: terminal.colors() && !to_file,
            width: Terminal::width().unwrap_or(100).max(60).into(),
        })
    }

    /// What stands before the first record.
    fn head(&self) -> Vec<u8> {
        match self {
            Self::Csv(columns) => csv::head(columns),
            Self::Dna => dna::head(),
            Self::Page => ArticlesPage::head().into_bytes(),
            Self::Table(_) | Self::Lines | Self::Parquet(_) => Vec::new(),
        }
    }

    /// What stands behind the last record.
    fn foot(&self) -> Vec<u8> {
        match self {
            Self::Page => ArticlesPage::foot().into_bytes(),
            _ => Vec::new(),
        }
    }

    /// The records of one article as they are written, `article` being `None` for statements that came alone.
    pub(super) fn draw(&self, article: Option<&Article>, records: &[Record], out: &mut Vec<u8>) {
        match self {
            Self::Table(style) => {
                let title = match (article, records.first()) {
                    (Some(article), _) => heading(article),
                    (None, first) => first.map_or_else(String::new, |one| one.statement.clone()),
                };
                out.extend_from_slice(statements::article(&title, records, *style).as_bytes());
            }
            Self::Lines => {
                for record in records {
                    // A vector takes every byte.
                    let _ = jsonl::write(record, out);
                }
            }
            Self::Csv(columns) => {
                for record in records {
                    csv::write(record, columns, out);
                }
            }
            Self::Dna => {
                for record in records {
                    dna::write(record, article, out);
                }
            }
            Self::Page => {
                let title = article.map_or_else(String::new, heading);
                let text = match article {
                    Some(article) => &article.text,
                    None => records.first().map_or("", |record| &record.text),
                };
                out.extend_from_slice(ArticlesPage::article(&title, text, records).as_bytes());
            }
            Self::Parquet(_) => {}
        }
    }
}

fn heading(article: &Article) -> String {
    let parts = [
        article.outlet.as_deref(),
        article.date.as_deref(),
        Some(article.title.as_deref().unwrap_or(&article.id)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

/// Where records go.
pub(super) enum Sink {
    Bytes {
        out: Output,
        /// Bytes written so far, in this run and before.
        bytes: u64,
    },
    #[cfg(feature = "parquet")]
    Parquet {
        table: Box<crate::report::parquet::Table<Output>>,
        /// Where it goes.
        shown: String,
    },
}

impl Sink {
    /// Opens a sink; `bytes` were written before, by a run that this one goes on with.
    pub(super) fn open(mut out: Output, drawing: &Drawing, bytes: u64) -> Result<Self, Stop> {
        if matches!(drawing, Drawing::Table(_)) {
            out.trust();
        }
        if let Drawing::Parquet(columns) = drawing {
            return Self::table(out, columns);
        }
        let mut sink = Self::Bytes { out, bytes };
        if bytes == 0 {
            sink.write(&drawing.head(), &[])?;
        }
        Ok(sink)
    }

    #[cfg(feature = "parquet")]
    fn table(out: Output, columns: &Columns) -> Result<Self, Stop> {
        let shown = out.shown();
        let table = crate::report::parquet::Table::new(out, columns.clone());
        let table = Box::new(table.map_err(|error| parquet_stop(&error, &shown))?);
        Ok(Self::Parquet { table, shown })
    }

    #[cfg(not(feature = "parquet"))]
    fn table(_: Output, _: &Columns) -> Result<Self, Stop> {
        Err(Fault::new("--to parquet")
            .expected("another format: this program was built without Parquet")
            .remedy("build it with --features parquet, or write CSV")
            .into())
    }

    /// Writes what one thread made of its part: bytes, or records for a table.
    pub(super) fn write(&mut self, drawn: &[u8], records: &[Record]) -> Result<(), Stop> {
        match self {
            Self::Bytes { out, bytes } => {
                out.write(drawn)?;
                *bytes += drawn.len() as u64;
            }
            #[cfg(feature = "parquet")]
            Self::Parquet { table, shown } => {
                for record in records {
                    let done = table.write(record);
                    done.map_err(|error| parquet_stop(&error, shown))?;
                }
            }
        }
        #[cfg(not(feature = "parquet"))]
        let _ = records;
        Ok(())
    }

    /// Puts everything on the disk; gives the bytes written so far.
    pub(super) fn secure(&mut self) -> Result<u64, Stop> {
        match self {
            Self::Bytes { out, bytes } => {
                out.secure()?;
                Ok(*bytes)
            }
            #[cfg(feature = "parquet")]
            Self::Parquet { .. } => Ok(0),
        }
    }

    pub(super) fn close(mut self, drawing: &Drawing) -> Result<(), Stop> {
        self.write(&drawing.foot(), &[])?;
        match self {
            Self::Bytes { out, .. } => out.close(),
            #[cfg(feature = "parquet")]
            Self::Parquet { table, shown } => {
                let out = table.close();
                out.map_err(|error| parquet_stop(&error, &shown))?.close()
            }
        }
    }
}

#[cfg(feature = "parquet")]
fn parquet_stop(error: &parquet::errors::ParquetError, shown: &str) -> Stop {
    use parquet::errors::ParquetError;
    match error {
        ParquetError::External(inner) => match inner.downcast_ref::<std::io::Error>() {
            Some(io) if io.kind() == std::io::ErrorKind::BrokenPipe => Stop::BrokenPipe,
            Some(io) => Fault::io(shown, "write", io).into(),
            None => Fault::new(format!("cannot write the table: {inner}"))
                .at(shown)
                .into(),
        },
        other => Fault::new(format!("cannot write the table: {other}"))
            .at(shown)
            .into(),
    }
}

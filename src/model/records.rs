//! Sparse rows as linfa sees them. linfa's own record types are dense; this is a thin wrapper over a sparse matrix. Places
//! and values take four bytes each: a million statements of a hundred features are 0.8 GB.

use linfa::dataset::Records;
use sprs::CsMatI;

use crate::features::Row;

/// Values by place, each four bytes wide.
pub type Sparse = CsMatI<f32, u32, usize>;

/// Statements by features: one row a statement, stored by rows.
#[derive(Clone, Debug)]
pub struct SparseRecords(Sparse);

impl SparseRecords {
    /// A matrix of `n_columns` columns with one row for each of `rows`. Within a row columns may stand in any order, each
    /// at most once.
    pub fn new(rows: &[Row], n_columns: usize) -> Self {
        let n_values = rows.iter().map(Vec::len).sum();
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let mut columns = Vec::with_capacity(n_values);
        let mut values = Vec::with_capacity(n_values);
        let mut sorted = Row::new();
        for row in rows {
            sorted.clone_from(row);
            sorted.sort_unstable_by_key(|&(column, _)| column);
            columns.extend(sorted.iter().map(|&(column, _)| column));
            values.extend(sorted.iter().map(|&(_, value)| value));
            starts.push(columns.len());
        }
        Self(Sparse::new(
            (rows.len(), n_columns),
            starts,
            columns,
            values,
        ))
    }

    /// The matrix.
    pub const fn matrix(&self) -> &Sparse {
        &self.0
    }
}

impl Records for SparseRecords {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.0.rows()
    }

    fn nfeatures(&self) -> usize {
        self.0.cols()
    }
}

//! Sparse rows as linfa sees them. linfa's own record types are dense; this is a thin wrapper over a sparse matrix.

use linfa::dataset::Records;
use sprs::CsMat;

use crate::features::Row;

/// Statements by features: one row a statement, stored by rows.
#[derive(Clone, Debug)]
pub struct SparseRecords(CsMat<f64>);

impl SparseRecords {
    /// A matrix of `n_columns` columns with one row for each of `rows`. Within a row columns may stand in any order, each
    /// at most once.
    pub fn new(rows: &[Row], n_columns: usize) -> Self {
        let mut starts = vec![0];
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        let mut sorted = Row::new();
        for row in rows {
            sorted.clone_from(row);
            sorted.sort_unstable_by_key(|&(column, _)| column);
            columns.extend(sorted.iter().map(|&(column, _)| column as usize));
            values.extend(sorted.iter().map(|&(_, value)| f64::from(value)));
            starts.push(columns.len());
        }
        Self(CsMat::new((rows.len(), n_columns), starts, columns, values))
    }

    /// The matrix.
    pub const fn matrix(&self) -> &CsMat<f64> {
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

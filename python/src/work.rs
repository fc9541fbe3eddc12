//! Items worked through in batches without Python's lock, read while the threads work. It decides nothing of the field.

use pyo3::prelude::*;
use stance::classify::{Classifier, Record};
use stance::corpus::Skipped;

use crate::faults::{all_raised, broken, raised};
use crate::model::Model;
use crate::statements::Statements;

/// Bytes of records that one thread takes at a time at most.
const BATCH_BYTES: usize = 4 << 20;

impl Model {
    /// Works through items in batches, side by side; what `each` makes of them is `found`, in their order. Between batches
    /// Python may interrupt.
    pub(crate) fn work_through<I: Send>(
        &self,
        mut items: impl Iterator<Item = PyResult<I>>,
        weight: impl Fn(&I) -> usize,
        found: &mut Statements,
        strict: bool,
        each: impl Fn(I, &mut Classifier<'_>) -> Result<Vec<Record>, Skipped> + Sync,
    ) -> PyResult<()> {
        let mut place = 0;
        let mut take_over = |parts: Vec<Vec<Result<Vec<Record>, Skipped>>>| {
            for part in parts.into_iter().flatten() {
                match part {
                    Ok(records) => {
                        found.n_articles += 1;
                        found
                            .places
                            .extend(std::iter::repeat_n(place, records.len()));
                        found.records.extend(records);
                    }
                    Err(skipped) => found.skipped.push(skipped),
                }
                place += 1;
            }
        };
        self.with_batches(|batches| {
            let most = batches.size();
            let mut read = || -> PyResult<Vec<I>> {
                let (mut batch, mut bytes) = (Vec::with_capacity(most), 0);
                while batch.len() < most && bytes < BATCH_BYTES {
                    let Some(item) = items.next() else { break };
                    let item = item?;
                    bytes += weight(&item);
                    batch.push(item);
                }
                Ok(batch)
            };
            let mut batch = read()?;
            let mut done = Vec::new();
            while !batch.is_empty() {
                let before = std::mem::take(&mut done);
                // While the threads work, what they found before is taken over and Python's next objects are read.
                let (parts, next) = batches
                    .by_run(
                        batch,
                        |item| 1 + weight(item),
                        |items, classifier| {
                            let made = items.map(|item| each(item, classifier));
                            made.collect::<Vec<_>>()
                        },
                        || {
                            take_over(before);
                            read()
                        },
                    )
                    .map_err(raised)?;
                done = parts;
                Python::attach(|py| py.check_signals())?;
                batch = next?;
            }
            take_over(done);
            Ok::<(), PyErr>(())
        })?;
        let faults = broken(&found.skipped);
        if strict && !faults.is_empty() {
            return Err(all_raised(faults));
        }
        Ok(())
    }
}

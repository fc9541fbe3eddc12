//! Deals items out to threads: a batch takes as long as its heaviest run, so that runs should weigh the same. It starts no
//! threads.

/// Parts `batch` into at most `n` runs of about the same weight, in its order; none of them is empty.
pub(super) fn runs<T>(
    mut batch: &mut [T],
    n: usize,
    weight: impl Fn(&T) -> usize,
) -> Vec<&mut [T]> {
    let mut left: usize = batch.iter().map(&weight).sum();
    let mut runs = Vec::with_capacity(n);
    for more in (1..=n).rev() {
        if batch.is_empty() {
            break;
        }
        let share = left / more;
        let (mut own, mut end) = (0, 0);
        while end < batch.len() {
            let next = weight(&batch[end]);
            // An item that crosses the share belongs to the side where more of it lies.
            if more > 1 && end > 0 && 2 * own + next > 2 * share {
                break;
            }
            own += next;
            end += 1;
        }
        let (run, rest) = batch.split_at_mut(end);
        (batch, left) = (rest, left - own);
        runs.push(run);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::runs;

    fn dealt(weights: &[usize], n: usize) -> Vec<Vec<usize>> {
        let mut batch = weights.to_vec();
        runs(&mut batch, n, |weight| *weight)
            .into_iter()
            .map(|run| run.to_vec())
            .collect()
    }

    #[test]
    fn a_heavy_item_weighs_as_much_as_many_light_ones() {
        // Of 12 each of two should have 6: the first does alone.
        assert_eq!(dealt(&[6, 2, 2, 2], 2), [vec![6], vec![2, 2, 2]]);
        // Of 9 each of three should have 3.
        assert_eq!(
            dealt(&[1, 1, 1, 1, 1, 1, 1, 1, 1], 3),
            vec![vec![1, 1, 1]; 3]
        );
    }

    #[test]
    fn no_run_is_empty_and_none_is_lost() {
        assert_eq!(dealt(&[9, 1], 4), [vec![9], vec![1]]);
        assert_eq!(dealt(&[1, 9], 2), [vec![1], vec![9]]);
        assert_eq!(dealt(&[5], 3), [vec![5]]);
        assert_eq!(dealt(&[], 3), Vec::<Vec<usize>>::new());
    }
}

//! Tests of the fit, against linfa-logistic's dense fit and by its own gradient.

use super::*;
use crate::features::Row;
use crate::model::hyperparams::HyperParams;
use linfa::ParamGuard;
use linfa::traits::Predict;

/// Numbers in -1..1 that look random but are the same everywhere (a linear congruential generator).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

fn drawn(seed: u64, n: usize, d: usize, k: usize, scale: f64) -> (Vec<Row>, Array1<usize>) {
    let mut draws = Draws(seed);
    let rows = (0..n).map(|_| {
        (0..d as u32)
            .map(|column| (column, (scale * draws.next()) as f32))
            .collect()
    });
    let rows: Vec<Row> = rows.collect();
    let class = |(at, row): (usize, &Row)| {
        if at < k {
            at
        } else {
            usize::from(row[0].1 > 0.0) + usize::from(row[1].1 > 0.0) * (k - 2).min(1)
        }
    };
    let targets = rows.iter().enumerate().map(class).collect();
    (rows, targets)
}

fn sparse(
    rows: &[Row],
    targets: &Array1<usize>,
    d: usize,
) -> DatasetBase<SparseRecords, Array1<usize>> {
    DatasetBase::new(SparseRecords::new(rows, d), targets.clone())
}

fn settings() -> HyperParams {
    HyperParams::new().tolerance(1e-8)
}

#[test]
fn weights_agree_with_the_dense_fit_of_linfa_logistic() {
    let cases = [
        (1, 60, 3, 3),
        (2, 120, 8, 3),
        (3, 200, 5, 2),
        (4, 40, 60, 4),
        (5, 300, 20, 5),
        (6, 25, 2, 6),
    ];
    for (seed, n, d, k) in cases {
        let (rows, targets) = drawn(seed, n, d, k, 1.0);
        let ours = settings()
            .check()
            .unwrap()
            .fit(&sparse(&rows, &targets, d))
            .unwrap();
        let dense = Array2::from_shape_fn((n, d), |(row, column)| f64::from(rows[row][column].1));
        let theirs = MultiLogisticRegression::default()
            .alpha(1.0)
            .gradient_tolerance(1e-8)
            .max_iterations(1000)
            .fit(&DatasetBase::new(dense, targets))
            .unwrap();
        let apart = (ours.params() - theirs.params())
            .iter()
            .fold(0.0_f64, |most, d| most.max(d.abs()));
        assert!(apart < 1e-5, "weights {apart} apart for {n} x {d}");
        // Intercepts are free up to a common shift: compare their differences.
        let shift = ours.intercept()[0] - theirs.intercept()[0];
        let apart = (ours.intercept() - theirs.intercept())
            .iter()
            .fold(0.0_f64, |most, d| most.max((d - shift).abs()));
        assert!(apart < 1e-5, "intercepts {apart} apart for {n} x {d}");
    }
}

/// Length of the gradient at a fitted model.
fn gradient(
    model: &Fitted,
    data: &DatasetBase<SparseRecords, Array1<usize>>,
    weights: Vec<f64>,
    c: f64,
) -> f64 {
    let targets = data.targets.to_vec();
    let k = model.classes().len();
    let objective = Objective::new(data.records.matrix(), &targets, weights, k, c);
    let mut parameters: Vec<f64> = model.params().iter().copied().collect();
    parameters.extend(model.intercept());
    length(&objective.at(&parameters).1.into())
}

#[test]
fn spread_logits_spoil_the_dense_fit_but_not_this_one() {
    // One row a thousand times as long as the others: linfa-logistic 0.8.1 takes one maximum out of all rows' logits,
    // which makes its loss wrong for all rows but this one, and returns as success where its line search fails.
    let (mut rows, targets) = drawn(5, 80, 4, 3, 1.0);
    for (_, value) in &mut rows[0] {
        *value *= 1000.0;
    }
    let data = sparse(&rows, &targets, 4);
    let settings = HyperParams::new().c(1000.0).tolerance(1e-6);
    let ours = settings.check().unwrap().fit(&data).unwrap();
    assert!(gradient(&ours, &data, vec![1.0; 80], 1000.0) <= 80.0 * 1e-6);
    let dense = Array2::from_shape_fn((80, 4), |(row, column)| f64::from(rows[row][column].1));
    let theirs = MultiLogisticRegression::default()
        .alpha(0.001)
        .max_iterations(2000)
        .fit(&DatasetBase::new(dense, targets))
        .unwrap();
    assert!(gradient(&theirs, &data, vec![1.0; 80], 1000.0) > 1.0);
}

#[test]
fn classes_are_weighted_as_asked() {
    let (rows, targets) = drawn(17, 90, 4, 3, 1.0);
    let own: Vec<f32> = (0..90)
        .map(|row| if row % 3 == 0 { 2.0 } else { 1.0 })
        .collect();
    let data = sparse(&rows, &targets, 4).with_weights(own.clone().into());
    // 30 rows of weight 2 and 60 of weight 1: 120 in all, so each of 3 classes shall weigh 40.
    let mut totals = [0.0; 3];
    for (&class, &weight) in targets.iter().zip(&own) {
        totals[class] += f64::from(weight);
    }
    let factors: Vec<f64> = totals.iter().map(|total| 40.0 / total).collect();
    let by_row = targets
        .iter()
        .zip(&own)
        .map(|(&class, &weight)| f64::from(weight) * factors[class]);
    let by_row: Vec<f64> = by_row.collect();
    for weights in [ClassWeights::Balanced, ClassWeights::Given(factors.clone())] {
        let fit = settings()
            .class_weights(weights)
            .check()
            .unwrap()
            .fit(&data)
            .unwrap();
        assert!(gradient(&fit, &data, by_row.clone(), 1.0) <= 120.0 * 1e-8 * (1.0 + 1e-9));
    }
    let even = settings().check().unwrap().fit(&data).unwrap();
    assert!(gradient(&even, &data, by_row, 1.0) > 0.1);
}

#[test]
fn a_search_that_begins_at_the_optimum_is_at_its_end() {
    let (rows, targets) = drawn(19, 70, 5, 3, 1.0);
    let data = sparse(&rows, &targets, 5);
    let found = settings().check().unwrap().fit(&data).unwrap();
    let mut start: Vec<f64> = found.params().iter().copied().collect();
    start.extend(found.intercept());
    let once = settings().max_iterations(1);
    assert!(once.clone().check().unwrap().fit(&data).is_err());
    let again = once.start(start).check().unwrap().fit(&data).unwrap();
    assert!(
        (again.params() - found.params())
            .iter()
            .all(|d| d.abs() < 1e-6)
    );
}

#[test]
fn a_row_of_weight_two_is_two_rows() {
    let (mut rows, targets) = drawn(7, 40, 3, 3, 1.0);
    let mut weights = vec![1.0_f32; 40];
    weights[5] = 2.0;
    let weighted = sparse(&rows, &targets, 3).with_weights(weights.into());
    let one = settings().check().unwrap().fit(&weighted).unwrap();
    rows.push(rows[5].clone());
    let mut doubled = targets.to_vec();
    doubled.push(targets[5]);
    let two = settings()
        .check()
        .unwrap()
        .fit(&sparse(&rows, &doubled.into(), 3))
        .unwrap();
    let apart = (one.params() - two.params())
        .iter()
        .fold(0.0_f64, |most, d| most.max(d.abs()));
    assert!(apart < 1e-6, "{apart}");
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let (rows, targets) = drawn(11, 900, 6, 3, 1.0);
    let data = sparse(&rows, &targets, 6);
    let fit = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            settings()
                .check()
                .unwrap()
                .fit(&data)
                .unwrap()
                .params()
                .clone()
        })
    };
    let bits = |weights: &Array2<f64>| weights.iter().map(|w| w.to_bits()).collect::<Vec<_>>();
    let one = bits(&fit(1));
    assert_eq!(one, bits(&fit(2)));
    assert_eq!(one, bits(&fit(3)));
}

#[test]
fn what_cannot_be_fitted_says_why() {
    let fit = |rows: &[Row], targets: &[usize], d| {
        settings()
            .check()
            .unwrap()
            .fit(&sparse(rows, &Array1::from(targets.to_vec()), d))
            .unwrap_err()
    };
    let row = |value: f32| vec![(0, value)];
    assert!(matches!(fit(&[], &[], 1), FitError::NoRows));
    assert!(matches!(
        fit(&[row(1.0), row(2.0)], &[1, 1], 1),
        FitError::OneClass(1)
    ));
    assert!(matches!(
        fit(&[vec![], vec![]], &[0, 1], 0),
        FitError::NoColumns
    ));
    assert!(matches!(
        fit(&[row(1.0), row(f32::NAN)], &[0, 1], 1),
        FitError::NotFinite {
            row: 1,
            column: 0,
            ..
        }
    ));
    assert!(matches!(
        fit(&[row(1.0), row(2.0)], &[0], 1),
        FitError::Lengths {
            rows: 2,
            targets: 1,
            weights: 0
        }
    ));
    assert!(matches!(
        fit(&[row(1.0), row(2.0)], &[0, 2], 1),
        FitError::EmptyClass(1)
    ));
    let (rows, targets) = drawn(3, 50, 4, 3, 1.0);
    let hurried = HyperParams::new()
        .max_iterations(1)
        .check()
        .unwrap()
        .fit(&sparse(&rows, &targets, 4));
    assert!(matches!(
        hurried,
        Err(FitError::NotConverged { iterations: 1, .. })
    ));
    assert!(matches!(
        HyperParams::new().c(-1.0).check(),
        Err(FitError::Setting { name: "c", .. })
    ));
    let start = HyperParams::new().start(vec![0.0; 3]).check().unwrap();
    assert!(matches!(
        start.fit(&sparse(&rows, &targets, 4)),
        Err(FitError::Setting { name: "start", .. })
    ));
    let weightless = sparse(&rows, &targets, 4).with_weights(vec![-1.0; 50].into());
    assert!(matches!(
        settings().check().unwrap().fit(&weightless),
        Err(FitError::Weight { row: 0, .. })
    ));
}

#[test]
fn sparse_prediction_agrees_with_the_dense_one() {
    let (rows, targets) = drawn(13, 100, 5, 3, 1.0);
    let data = sparse(&rows, &targets, 5);
    let model = settings().check().unwrap().fit(&data).unwrap();
    let dense = Array2::from_shape_fn((100, 5), |(row, column)| f64::from(rows[row][column].1));
    let ours: Array1<usize> = model.predict(&data);
    assert_eq!(ours, model.predict(&dense));
}

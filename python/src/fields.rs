//! Values of Python as fields of a record. It does not know which fields mean what.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Number, Value};
use stance::error::{Fault, Result};

/// Levels of lists in lists that are followed; a list that holds itself has no end.
const DEEPEST: usize = 32;

/// The fields of one item: words are a text, a dictionary names its fields.
///
/// # Errors
/// An item of another type, or with a value that is neither words, number, truth, list nor dictionary.
pub(crate) fn fields(item: &Bound<'_, PyAny>) -> Result<BTreeMap<String, Value>> {
    if let Ok(words) = item.cast::<PyString>() {
        return Ok([("text".to_owned(), string(words)?)].into());
    }
    let mapping = item.cast::<PyMapping>().map_err(|_| {
        Fault::new(format!("found {}", type_of(item)))
            .expected("words, or a dictionary with \"text\"")
            .remedy("drop it, or make words of it")
    })?;
    let pairs = mapping
        .items()
        .map_err(|error| Fault::new(error.to_string()))?;
    let mut fields = BTreeMap::new();
    for pair in pairs.iter() {
        let (key, value) = pair
            .extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()
            .map_err(|error: PyErr| Fault::new(error.to_string()))?;
        let key = key.to_string();
        let value = value_of(&value, DEEPEST).map_err(|mut fault| {
            fault.found = format!("{key:?} is {}", fault.found);
            fault
        })?;
        if !value.is_null() {
            fields.insert(key, value);
        }
    }
    Ok(fields)
}

/// A value as JSON has it; `None` and "not a number" are null.
fn value_of(value: &Bound<'_, PyAny>, deepest: usize) -> Result<Value> {
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(words) = value.cast::<PyString>() {
        return string(words);
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(truth.is_true().into());
    }
    if value.cast::<PyInt>().is_ok() {
        let signed = value.extract::<i64>().map(Value::from);
        let number = signed.or_else(|_| value.extract::<u64>().map(Value::from));
        return Ok(number.unwrap_or_else(|_| value.to_string().into()));
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(Number::from_f64(number.value()).map_or(Value::Null, Value::Number));
    }
    let other = || Fault::new(type_of(value)).expected("words, a number, a list or a dictionary");
    if deepest == 0 {
        return Err(other());
    }
    let items = |items: &mut dyn Iterator<Item = Bound<'_, PyAny>>| {
        items
            .map(|item| value_of(&item, deepest - 1))
            .collect::<Result<Vec<Value>>>()
            .map(Value::Array)
    };
    if let Ok(list) = value.cast::<PyList>() {
        return items(&mut list.iter());
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return items(&mut tuple.iter());
    }
    if let Ok(dictionary) = value.cast::<PyDict>() {
        let mut object = Map::new();
        for (key, value) in dictionary.iter() {
            object.insert(key.to_string(), value_of(&value, deepest - 1)?);
        }
        return Ok(object.into());
    }
    // Numbers of NumPy give their Python value by `item`, days and times their words by `isoformat`.
    for method in ["item", "isoformat"] {
        if let Ok(plain) = value.call_method0(method) {
            return value_of(&plain, deepest - 1);
        }
    }
    Err(other())
}

fn string(words: &Bound<'_, PyString>) -> Result<Value> {
    match words.to_str() {
        Ok(words) => Ok(words.into()),
        Err(_) => Err(Fault::new("words with half a character (a lone surrogate)")
            .expected("text that can be written as UTF-8")
            .remedy("decode it with errors=\"replace\"")),
    }
}

fn type_of(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(
        |_| "a value of another type".to_owned(),
        |name| format!("a value of type {name}"),
    )
}
